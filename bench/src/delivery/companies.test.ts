import { describe, expect, it } from 'vitest'
import { COLUMNS, companiesCsv, companyAt, keyOf } from './companies.ts'

describe('the served table', () => {
  it('has for each index always the same row, under its own key', () => {
    for (const index of [0, 7, 199_999]) {
      expect(companyAt(index)).toEqual(companyAt(index))
      expect(companyAt(index)[0]).toBe(keyOf(index))
      expect(companyAt(index)).toHaveLength(COLUMNS.length)
    }
  })

  it('is written as CSV row by row', () => {
    const lines = [...companiesCsv(2_500)].join('').trimEnd().split('\n')
    expect(lines).toHaveLength(2_501)
    expect(lines[2_500]).toBe(companyAt(2_499).join(','))
  })
})
