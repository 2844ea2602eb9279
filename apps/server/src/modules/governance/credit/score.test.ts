import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CreditFacts, creditScore, NEUTRAL_SCORE, type Share } from './score.ts'

const NOTHING: CreditFacts = {
  punctuality: { good: 0, all: 0 }, quality: { good: 0, all: 0 }, mending: { good: 0, all: 0 }, use: { good: 0, all: 0 }, evaluation: { good: 0, all: 0 }, violations: 0,
}

const aShare = fc.nat(500).chain((all) => fc.record({ good: fc.nat(all), all: fc.constant(all) }))
const someFacts: fc.Arbitrary<CreditFacts> = fc.record({ punctuality: aShare, quality: aShare, mending: aShare, use: aShare, evaluation: aShare, violations: fc.nat(15) })
const PARTS = ['punctuality', 'quality', 'mending', 'use', 'evaluation'] as const

describe('the credit score of a department', () => {
  it('is neutral while nothing is known', () => {
    expect(creditScore(NOTHING).score).toBe(NEUTRAL_SCORE)
  })

  it('is worked out by the formula that is shown', () => {
    const { score, components } = creditScore({
      punctuality: { good: 16, all: 16 }, quality: { good: 30, all: 50 }, mending: { good: 4, all: 12 }, use: { good: 0, all: 4 }, evaluation: { good: 0, all: 0 }, violations: 1,
    })
    // 35 × 19.2/20 + 20 × 33.2/54 + 10 × 7.2/16 + 20 × 3.2/8 + 15 × 0.8 − 10
    expect(score).toBe(60.4)
    expect(components.map(({ points }) => points.toFixed(2))).toEqual(['33.60', '12.30', '4.50', '8.00', '12.00'])
  })

  it('stays within 0 and 100', () => {
    fc.assert(fc.property(someFacts, (facts) => {
      const { score } = creditScore(facts)
      return score >= 0 && score <= 100
    }))
  })

  it('never falls when one thing more is done well, and never rises with a violation', () => {
    fc.assert(fc.property(someFacts, fc.constantFrom(...PARTS), (facts, part) => {
      const before = creditScore(facts).score
      const { good, all }: Share = facts[part]
      expect(creditScore({ ...facts, [part]: { good: good + 1, all: all + 1 } }).score).toBeGreaterThanOrEqual(before)
      expect(creditScore({ ...facts, violations: facts.violations + 1 }).score).toBeLessThanOrEqual(before)
    }))
  })

  it('is hardly moved by a single case', () => {
    const one = creditScore({ ...NOTHING, punctuality: { good: 0, all: 1 } }).score
    const many = creditScore({ ...NOTHING, punctuality: { good: 0, all: 100 } }).score
    expect(NEUTRAL_SCORE - one).toBeLessThan(6)
    expect(NEUTRAL_SCORE - many).toBeGreaterThan(25)
  })
})
