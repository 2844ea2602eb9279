import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { likeness } from './likeness.ts'

describe('the likeness of two purposes', () => {
  it('is 1 for the same, whatever the blanks and marks, and 0 for nothing in common', () => {
    expect(likeness('核查停车场，经营主体。', '核查停车场 经营主体')).toBe(1)
    expect(likeness('核查停车场', '编制年鉴')).toBe(0)
  })

  it('lies between 0 and 1 and does not depend on the order', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      expect(likeness(a, b)).toBe(likeness(b, a))
      expect(likeness(a, b)).toBeGreaterThanOrEqual(0)
      expect(likeness(a, b)).toBeLessThanOrEqual(1)
    }))
  })
})
