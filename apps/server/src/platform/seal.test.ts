import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSealer } from './seal.ts'

const sealer = createSealer(new Uint8Array(32).fill(1))

describe('a sealed secret', () => {
  it('opens to what it was, for its own purpose', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, purpose) => {
      expect(sealer.open(sealer.seal(text, purpose), purpose)).toBe(text)
    }))
  })

  it('opens for no other purpose, with no other key, and not when a bit was changed', () => {
    const sealed = sealer.seal('hunter2', 'webhook 1')
    expect(sealed.includes('hunter2')).toBe(false)
    expect(() => sealer.open(sealed, 'webhook 2')).toThrow()
    expect(() => createSealer(new Uint8Array(32).fill(2)).open(sealed, 'webhook 1')).toThrow()
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = changed[at]! ^ 1 // within its length
      expect(() => sealer.open(changed, 'webhook 1')).toThrow()
    }
  })
})
