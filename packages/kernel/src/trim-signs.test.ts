import fc from 'fast-check'
import { expect, it } from 'vitest'
import { trimSigns } from './trim-signs.ts'

it('takes signs off the ends, as a regular expression would', () => fc.assert(fc.property(fc.string({ unit: fc.constantFrom(' ', '\t', '\u3000', 'a', '😀') }), (text) => {
  expect(trimSigns(text, ' \t\u3000')).toBe(text.replace(/^[ \t\u3000]+|[ \t\u3000]+$/g, ''))
  expect(trimSigns(text, ' ', 'end')).toBe(text.replace(/ +$/, ''))
})))
