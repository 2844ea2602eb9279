import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLikePattern, likeExpression, likeParts } from './like-pattern.ts'
import { likes } from './likes.ts'

const SIGNS = ['a', 'b', '.', '*', '（', '\n', '%', '_', '\\']
const texts = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 12 })

describe('a pattern of like', () => {
  it('is an expression that matches the same texts', () => {
    fc.assert(fc.property(texts.filter(isLikePattern), texts, (pattern, text) => {
      expect(new RegExp(`^(?:${likeExpression(pattern)})$`, 's').test(text)).toBe(likes(text, pattern))
    }), { numRuns: 3_000 })
  })

  it('is told in pieces of which no two could be one', () => {
    expect(likeParts('a\\%b%%_%\\\\')).toEqual([{ text: 'a%b' }, { any: 'many' }, { any: 'one' }, { any: 'many' }, { text: '\\' }])
    expect(likeParts('')).toEqual([])
  })

  it.each([['%'.repeat(1_000), true], ['%'.repeat(1_001), false], ['%'.repeat(1_000_000), false], ['a\\', false], ['a\\\\', true], ['\\'.repeat(999), false]])('%.12s… may be one: %s', (pattern, may) => {
    expect(isLikePattern(pattern)).toBe(may)
  })
})
