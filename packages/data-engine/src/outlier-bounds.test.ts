import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BOUND_SHARES, outlierBounds } from './outlier-bounds.ts'

const COUNT = 20_000

/** Numbers that a distribution has in the middle of each of equal shares: a sample without chance. */
const sampleOf = (quantile: (share: number) => number, count = COUNT): number[] => Array.from({ length: count }, (_, i) => quantile((i + 0.5) / count))
const quantilesOf = (numbers: readonly number[]): number[] => {
  const sorted = numbers.toSorted((a, b) => a - b)
  return BOUND_SHARES.map((share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!)
}
const beyond = (numbers: readonly number[], factor = 3): number[] => {
  const bounds = outlierBounds(quantilesOf(numbers), numbers.length, factor)
  return bounds === null ? [] : numbers.filter((one) => one < bounds.low || one > bounds.high)
}
/** Of a normal distribution, by bisection of its series. */
const normal = (share: number): number => {
  const below = (z: number): number => {
    let [term, sum] = [z, z]
    for (let k = 1; Math.abs(term) > 1e-17; k++) sum += (term *= (z * z) / (2 * k + 1))
    return 0.5 + sum * Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  }
  let [low, high] = [-7, 7]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (below(middle) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

describe('bounds of outliers', () => {
  it.each<[string, (share: number) => number]>([
    ['even', (share) => share * 90 + 10],
    ['normal', (share) => 3_300 + 500 * normal(share)],
    ['exponential: waiting times', (share) => -Math.log(1 - share) * 30],
    ['lognormal: amounts', (share) => Math.exp(8 + 1.4 * normal(share))],
    ['of Pareto: capital, cities', (share) => 10 * (1 - share) ** (-1 / 1.2)],
    ['with heavy tails on both sides', (share) => Math.tan(Math.PI * (share - 0.5))],
    ['of Laplace: differences', (share) => (share < 0.5 ? Math.log(2 * share) : -Math.log(2 - 2 * share))],
  ])('leave sound numbers alone that are %s', (_what, quantile) => {
    expect(beyond(sampleOf(quantile))).toEqual([])
  })

  it.each<[string, (share: number) => number, number[]]>([
    ['weights', (share) => 3_300 + 500 * normal(share), [-120, 33_000]],
    ['amounts below nothing, and above all that the tail promises', (share) => Math.exp(8 + 0.8 * normal(share)), [-5, 1e9]],
    ['ages', (share) => share * 90 + 1, [880]],
  ])('find wrong %s among sound ones', (_what, quantile, wrong) => {
    expect(beyond([...sampleOf(quantile), ...wrong])).toEqual(wrong)
  })

  it('say nothing of numbers that are mostly one and the same', () => {
    expect(outlierBounds(quantilesOf([...Array.from({ length: 90 }, () => 1), 5, 7]), 92, 3)).toBeNull()
  })

  it('hold both quartiles, move with the numbers, and are no narrower for a larger factor', () => {
    const numbers = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 20, maxLength: 200 })
    fc.assert(fc.property(numbers, fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.double({ min: 0.5, max: 5, noNaN: true }), (some, by, factor) => {
      const quantiles = quantilesOf(some)
      const bounds = outlierBounds(quantiles, some.length, factor)
      if (bounds === null) return
      expect(bounds.low).toBeLessThan(quantiles[2]!)
      expect(bounds.high).toBeGreaterThan(quantiles[4]!)
      const wider = outlierBounds(quantiles, some.length, factor * 2)!
      expect(wider.low).toBeLessThanOrEqual(bounds.low)
      expect(wider.high).toBeGreaterThanOrEqual(bounds.high)
      // Of numbers below nothing no logarithms are taken, so shifting them shifts the bounds.
      const below = quantiles.map((one) => one - 3e6)
      const moved = outlierBounds(below.map((one) => one - Math.abs(by)), some.length, factor)!
      const still = outlierBounds(below, some.length, factor)!
      expect(moved.low + Math.abs(by)).toBeCloseTo(still.low, -1)
    }), { numRuns: 200 })
  })
})
