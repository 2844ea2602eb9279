import type { FormField } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { type CodesOf, readValue } from './read-value.ts'

const field = (change: Partial<FormField>): FormField => ({
  name: '栏', element: null, type: 'text', required: false, maxLength: null, scale: null, minimum: null, maximum: null, codeList: null, recognizer: null, help: null, ...change,
})
const sexes: CodesOf = (list) => (list === 'sex' ? { codes: new Set(['1', '2']), byName: new Map([['男', '1'], ['男性', '1'], ['女', '2']]), isPartial: false } : undefined)
const read = (change: Partial<FormField>, typed: string) => {
  const found = readValue(field(change), typed, sexes)
  return 'issue' in found ? found.issue.code : found.value
}

describe('a value of a form', () => {
  it.each([
    ['integer', ' 1,234,567 ', '1234567'], ['integer', '+007', '7'], ['integer', '-0', '-0'], ['integer', '1.5', 'not-integer'], ['integer', '12,34', 'not-integer'], ['integer', '99999999999999999', 'not-integer'],
    ['decimal', '1,200.50', '1200.50'], ['decimal', '-.5', 'not-decimal'], ['decimal', '12345678901234567890.12', '12345678901234567890.12'], ['decimal', '1e5', 'not-decimal'],
    ['boolean', '是', 'true'], ['boolean', 'N', 'false'], ['boolean', '也许', 'not-boolean'],
    ['date', '2026/11/5', '2026-11-05'], ['date', '2026年11月05日', '2026-11-05'], ['date', '20261105', '2026-11-05'], ['date', '2026-02-30', 'not-date'], ['date', '11/5', 'not-date'],
    ['datetime', '2026-11-5 8:05', '2026-11-05 08:05:00'], ['datetime', '2026年11月5日 8时5分30秒', '2026-11-05 08:05:30'], ['datetime', '2026-11-05T24:00', 'not-datetime'],
    ['text', '  临海  ', '临海'],
  ] as const)('reads %s from %j as %s', (type, typed, value) => {
    expect(read({ type }, typed)).toBe(value)
  })

  it('keeps what it cannot read as it was typed', () => {
    expect(readValue(field({ type: 'date' }), ' 昨天 ', sexes)).toEqual({ value: '昨天', issue: { field: '栏', code: 'not-date', limit: null } })
  })

  it('may have to be there, short, precise and within bounds', () => {
    expect([read({ required: true }, ' '), read({}, ' '), read({ maxLength: 2 }, '𠮷林'), read({ maxLength: 2 }, '吉林省'), read({ type: 'decimal', scale: 2 }, '1.250'), read({ type: 'decimal', scale: 2 }, '1.255'),
      read({ type: 'integer', minimum: 1 }, '0'), read({ type: 'integer', maximum: 9 }, '10')])
      .toEqual(['required', '', '𠮷林', 'too-long', '1.250', 'too-precise', 'too-small', 'too-large'])
  })

  it('takes codes, and names of codes as codes', () => {
    expect(['1', '男', '男性', '3'].map((typed) => read({ codeList: 'sex' }, typed))).toEqual(['1', '1', '1', 'not-in-list'])
  })

  it('passes the checks of its recogniser', () => {
    expect([read({ recognizer: 'citizen-number' }, '110101199003070151'), read({ recognizer: 'phone' }, '13800000000')]).toEqual(['not-valid', '13800000000'])
  })
})
