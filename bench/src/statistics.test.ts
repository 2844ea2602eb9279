import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, quantile, round } from './statistics.ts'

describe('statistics', () => {
  it('take the nearest rank for a quantile', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect([0, 0.5, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([1, 50, 99, 100])
    expect(quantile([], 0.5)).toBeNaN()
  })

  it('take the middle, or the mean of two in the middle, for a median', () => {
    expect([median([9, 1, 5]), median([4, 1, 3, 2]), median([7])]).toEqual([5, 2.5, 7])
    expect(median([])).toBeNaN()
  })

  it('never leave the range of the values and leave them in their order', () => {
    fc.assert(fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      const before = [...values]
      for (const value of [quantile(values, share), median(values)]) {
        expect(value).toBeGreaterThanOrEqual(Math.min(...values))
        expect(value).toBeLessThanOrEqual(Math.max(...values))
      }
      expect(values).toEqual(before)
    }))
  })

  it('round to digits', () => expect([round(1.26, 1), round(1234.5)]).toEqual([1.3, 1235]))
})
