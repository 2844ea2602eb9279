import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binsOf, roundWidth } from './bins.ts'

describe('the bins of a measure', () => {
  it('have round bounds', () => {
    const { bins } = binsOf([20, 85, 130, 340, 390], true)
    expect(bins[0]).toEqual({ from: 20, to: 40, count: 1 })
  })
  it('leave out what is far away, and say how much', () => {
    const values = [...Array.from({ length: 100 }, (_, i) => 20 + i), 99_999, 99_999]
    const { bins, below, above } = binsOf(values, true)
    expect([below, above]).toEqual([0, 2])
    expect(bins.at(-1)?.to).toBeLessThan(200)
  })
  it('count every value once', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 200 }), (values) => {
      const { bins, below, above } = binsOf(values, false)
      expect(bins.reduce((sum, bin) => sum + bin.count, 0) + below + above).toBe(values.length)
    }))
  })
  it('are one where all values are the same', () => {
    expect(binsOf([5, 5, 5], true).bins).toEqual([{ from: 5, to: 6, count: 3 }])
  })
})

describe('a round width', () => {
  it('is 1, 2 or 5 of some power of ten', () => {
    expect([roundWidth(370, 20, true), roundWidth(1000, 20, true), roundWidth(3, 20, false)]).toEqual([20, 50, 0.2])
  })
  it('is never zero, however short the length', () => {
    expect(roundWidth(5e-324, 20, false)).toBeGreaterThan(0)
  })
  it('is never less than one for whole numbers', () => {
    expect(roundWidth(3, 20, true)).toBe(1)
  })
})
