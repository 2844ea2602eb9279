import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateVersion } from './registry.ts'
import { DIMENSIONS } from '../dimension.ts'
import { DIMENSION_WEIGHTS, scoreVersion, STAR_THRESHOLDS } from './score-version.ts'
import { aField, aVersion } from './testing/figures.ts'

const score = (...given: Parameters<typeof aVersion>) => scoreVersion(evaluateVersion(aVersion(...given)))

describe('score of a version', () => {
  it('has weights that make a whole, and thresholds that fall', () => {
    expect(DIMENSIONS.reduce((sum, dimension) => sum + DIMENSION_WEIGHTS[dimension], 0)).toBeCloseTo(1)
    expect(STAR_THRESHOLDS.map(({ least }) => least)).toEqual(STAR_THRESHOLDS.map(({ least }) => least).toSorted((a, b) => b - a))
  })

  it('gives a clean version five stars and leaves unmeasured dimensions out', () => {
    const clean = score()
    expect(clean).toMatchObject({ overall: 1, stars: 5 })
    expect(clean.dimensions.find(({ dimension }) => dimension === 'accessibility')?.score).toBeNull()
  })

  it('weighs dimensions: half of completeness costs its share of what was measured', () => {
    // Fill rate 0 (weight 3) and nothing filled to hold placeholders; completeness 0 of .25 in .85 measured.
    const empty = score({ fields: [aField(), aField({ name: '备注', filled: 0, distinct: 0 })] })
    const completeness = empty.dimensions.find(({ dimension }) => dimension === 'completeness')
    expect(completeness?.score).toBeCloseTo((3 * 0.5 + 1 * 1) / 4)
    expect(empty.overall).toBeCloseTo(1 - (0.25 * 0.375) / 0.85)
    expect(empty.stars).toBe(4)
  })

  it('gives one star to what could not be measured', () => {
    expect(scoreVersion([])).toMatchObject({ overall: 0, stars: 1 })
  })

  it('never rises when more values are missing or more rows are rejected', () => {
    const count = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(count, count, count, (filled, more, rejected) => {
        const field = (rows: number) => [aField(), aField({ name: '备注', filled: rows, distinct: Math.min(rows, 5) })]
        const better = Math.max(filled, more)
        const worse = Math.min(filled, more)
        expect(score({ fields: field(worse) }).overall).toBeLessThanOrEqual(score({ fields: field(better) }).overall)
        expect(score({ rowsRejected: rejected }).overall).toBeLessThanOrEqual(score().overall)
      }),
    )
  })
})
