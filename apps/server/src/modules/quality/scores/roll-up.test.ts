import { DIMENSIONS, scoreOutcomes, weightedMean } from '@datong/quality-rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { automaticPieces } from './pieces.ts'
import { type Piece, scoreEntries, scoreFields, scorePieces } from './roll-up.ts'

const piece = (change: Partial<Piece> = {}): Piece => ({
  ruleId: null, kind: 'not-null', title: null, naming: null, field: '编号', dimension: 'completeness', score: 1, weight: 1, checked: 100, failed: 0, doubtful: 0, ...change,
})
const aPiece = fc.record({
  ruleId: fc.constant(null), kind: fc.constant('x'), title: fc.constant(null), naming: fc.constant(null), field: fc.constantFrom('甲', '乙', null), dimension: fc.constantFrom(...DIMENSIONS),
  score: fc.double({ min: 0, max: 1, noNaN: true }), weight: fc.constantFrom(0.5, 1, 2, 4), checked: fc.nat(9), failed: fc.constant(0), doubtful: fc.constant(0),
})

describe('the score', () => {
  it('weighs a rule by its severity', () => {
    const { dimensions, overall } = scorePieces([piece({ weight: 4, score: 0 }), piece({ weight: 1 }), piece({ field: null, dimension: 'accuracy' })])
    expect(dimensions.find(({ dimension }) => dimension === 'completeness')?.score).toBeCloseTo(0.2)
    // 0.25 × 0.2 and 0.25 × 1; the dimensions without a rule give their weight away.
    expect(overall).toBeCloseTo(0.6)
  })

  it('says nothing of what nobody measured', () => {
    expect(scorePieces([])).toMatchObject({ overall: null, stars: null })
    expect(scoreEntries([])).toMatchObject({ overall: null })
  })

  it('is the mean of the fields by their weights in each dimension, whichever way it is added up', () => {
    fc.assert(fc.property(fc.array(aPiece, { minLength: 1, maxLength: 20 }), (pieces) => {
      const whole = scorePieces(pieces)
      const fields = scoreFields(pieces)
      for (const { dimension, score } of whole.dimensions) {
        const parts = fields.map((field) => ({
          score: field.dimensions.find((one) => one.dimension === dimension)?.score ?? null,
          weight: field.pieces.filter((one) => one.dimension === dimension).reduce((sum, { weight }) => sum + weight, 0),
        }))
        const added = weightedMean(parts)
        expect(score === null ? added : Math.abs(score - (added ?? 9)) < 1e-9).toBe(score === null ? null : true)
      }
    }))
  })

  it('never falls when a rule does better', () => {
    fc.assert(fc.property(fc.array(aPiece, { minLength: 1, maxLength: 20 }), fc.nat(19), (pieces, at) => {
      const better = pieces.map((one, index) => (index === at % pieces.length ? { ...one, score: 1 } : one))
      return (scorePieces(better).overall ?? 0) >= (scorePieces(pieces).overall ?? 0) - 1e-9
    }))
  })

  it('of a version without written rules is what the library says of it', () => {
    const results = [
      { rule: 'not-null', field: '甲', dimension: 'completeness', score: 0.6, checked: 10, failing: 4, params: {} },
      { rule: 'not-null', field: '乙', dimension: 'completeness', score: 1, checked: 10, failing: 0, params: {} },
      { rule: 'not-blank', field: '甲', dimension: 'completeness', score: 0.9, checked: 10, failing: 1, params: {} },
      { rule: 'duplicate-rows', field: null, dimension: 'accuracy', score: 0.5, checked: 10, failing: 5, params: {} },
      { rule: 'unique', field: '甲', dimension: 'accuracy', score: null, checked: 0, failing: 0, params: {} },
    ] as const
    const known = scoreOutcomes(results)
    const rolled = scorePieces(automaticPieces(results))
    expect(rolled.overall).toBeCloseTo(known.overall)
    expect(rolled.stars).toBe(known.stars)
    expect(rolled.dimensions.map(({ weight }) => weight)).toEqual(known.dimensions.map(({ weight }) => weight))
  })

  it('lets a written rule stand in the place of the same check of the same field', () => {
    const results = [
      { rule: 'not-null', field: '甲', dimension: 'completeness', score: 0, checked: 10, failing: 10, params: {} },
      { rule: 'not-null', field: '乙', dimension: 'completeness', score: 1, checked: 10, failing: 0, params: {} },
    ] as const
    expect(automaticPieces(results, [{ kind: 'not-null', field: '甲', score: 1 }]).map(({ field }) => field)).toEqual(['乙'])
    expect(automaticPieces(results, [{ kind: 'not-null', field: '甲', score: null }])).toHaveLength(2)
  })

  it('of a department is the mean of its entries, of the city that of all entries', () => {
    const entry = (score: number) => scorePieces([piece({ score })])
    expect(scoreEntries([entry(1), entry(0.5), entry(0)]).overall).toBeCloseTo(0.5)
  })
})
