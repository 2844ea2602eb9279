import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExactly, parseJson } from './json-value.ts'

/** Numbers as JSON may write them. */
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), fc.integer().map(String), fc.bigInt().map(String),
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,12})?([eE][+-]?[0-9]{1,3})?$/), fc.constantFrom('-0', '0', '-0.0', '1.10', '0.0000001', '1e5', '12345678901234567', '0.1'),
)
const blank = fc.constantFrom('', ' ', '\n', '\t  ')
const value = fc.oneof(number, fc.string().map((text) => JSON.stringify(text)), fc.constantFrom('true', 'null', '{}', '[]'))

describe('parsed JSON', () => {
  it('has every digit as it was written, on the short way, too', () => {
    fc.assert(fc.property(fc.array(fc.tuple(blank, value, blank)), fc.boolean(), (items, isObject) => {
      const parts = items.map(([before, one, after], at) => `${isObject ? `"${at}":` : ''}${before}${one}${after}`)
      const text = isObject ? `{${parts.join()}}` : `[${parts.join()}]`
      expect(parseJson(text)).toEqual(parseExactly(text))
    }), { numRuns: 2_000 })
    fc.assert(fc.property(number, (text) => {
      expect(parseJson(text)).toEqual(parseExactly(text))
    }))
    expect(parseJson('{"a":-0,"b":[1.50],"c":12345678901234567}')).toEqual({ a: '-0', b: ['1.50'], c: '12345678901234567' })
  })
})
