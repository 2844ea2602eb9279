import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DIMENSIONS } from './dimension.ts'
import { RULE_IDS } from './rule.ts'
import { definitionOf } from './catalogue.ts'
import { DIMENSION_WEIGHTS, scoreOutcomes, STAR_THRESHOLDS, starsOf, weightedMean } from './score.ts'

const scored = (rule: (typeof RULE_IDS)[number], score: number | null) => ({ rule, dimension: definitionOf(rule).dimension, score })

describe('the score of a version', () => {
  it('has weights that make a whole, and thresholds that fall', () => {
    expect(DIMENSIONS.reduce((sum, dimension) => sum + DIMENSION_WEIGHTS[dimension], 0)).toBeCloseTo(1)
    expect(STAR_THRESHOLDS.map(({ least }) => least)).toEqual(STAR_THRESHOLDS.map(({ least }) => least).toSorted((a, b) => b - a))
    expect([0, 0.5, 0.7, 0.85, 0.95].map(starsOf)).toEqual([1, 2, 3, 4, 5])
  })

  it('takes the mean over a rule’s fields, then over rules by their weights, then over dimensions that were measured', () => {
    // not-null (weight 3) at the mean of 1 and 0.5, not-blank (weight 1) at 0; nothing else was measured.
    const { dimensions, overall } = scoreOutcomes([scored('not-null', 1), scored('not-null', 0.5), scored('not-blank', 0), scored('up-to-date', null)])
    expect(dimensions.find(({ dimension }) => dimension === 'completeness')?.score).toBeCloseTo((3 * 0.75) / 4)
    expect(dimensions.find(({ dimension }) => dimension === 'timeliness')?.score).toBeNull()
    expect(overall).toBeCloseTo((3 * 0.75) / 4)
  })

  it('gives one star to what could not be measured', () => {
    expect(scoreOutcomes([])).toMatchObject({ overall: 0, stars: 1 })
    expect(weightedMean([{ score: null, weight: 1 }])).toBeNull()
  })

  it('never rises when an outcome falls', () => {
    const outcomes = fc.array(fc.record({ rule: fc.constantFrom(...RULE_IDS), score: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 20 })
    fc.assert(fc.property(outcomes, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (given, which, share) => {
      const before = given.map(({ rule, score }) => scored(rule, score))
      const after = before.map((one, i) => (i === which % before.length ? { ...one, score: (one.score ?? 0) * share } : one))
      expect(scoreOutcomes(after).overall).toBeLessThanOrEqual(scoreOutcomes(before).overall + 1e-12)
    }))
  })
})
