import type { CreditComponent, CREDIT_COMPONENTS } from '@datong/contracts'

export type CreditComponentName = (typeof CREDIT_COMPONENTS)[number]

/** How often something was done as it should be, of how many times it should have been. */
export interface Share {
  readonly good: number
  readonly all: number
}

/** What a department did in the last twelve months. */
export interface CreditFacts {
  /** As provider: applications answered within the time allowed. */
  readonly punctuality: Share
  /** As provider: stars of its published entries, five being good. */
  readonly quality: Share
  /** As provider: faults of data mended in time, found by rules or reported by users. */
  readonly mending: Share
  /** As consumer: active grants that are in use; as provider: published entries that somebody uses. */
  readonly use: Share
  /** As consumer: evaluations made of those that were due. */
  readonly evaluation: Share
  /** Grants taken away for misuse. */
  readonly violations: number
}

/** Shares of the score, in hundredths. */
const CREDIT_WEIGHTS: Readonly<Record<CreditComponentName, number>> = { punctuality: 35, quality: 20, mending: 10, use: 20, evaluation: 15 }

/** A department of which nothing is known is taken to be as good as most. */
const PRIOR_VALUE = 0.8
/** What is taken to be weighs as much as this many cases: few cases do not make a score. */
const PRIOR_CASES = 4
const POINTS_A_VIOLATION = 10

export interface CreditScore {
  /** 0 to 100, with one decimal. */
  readonly score: number
  readonly components: readonly CreditComponent[]
  readonly violations: number
}

/**
 * The credit score (数据信用分) of a department:
 *
 *   value = (good + 4 × 0.8) / (all + 4)         for each component
 *   score = Σ weight × value − 10 × violations   kept within 0 and 100
 *
 * The formula is Datong's own; the interface shows it with its figures.
 */
export function creditScore(facts: CreditFacts): CreditScore {
  const names = Object.keys(CREDIT_WEIGHTS) as CreditComponentName[] // the record's own keys
  const components = names.map((name) => {
    const { good, all } = facts[name]
    const value = (good + PRIOR_CASES * PRIOR_VALUE) / (all + PRIOR_CASES)
    return { name, good, all, weight: CREDIT_WEIGHTS[name], value, points: CREDIT_WEIGHTS[name] * value }
  })
  const points = components.reduce((sum, component) => sum + component.points, 0) - POINTS_A_VIOLATION * facts.violations
  return { score: Math.round(10 * Math.min(100, Math.max(0, points))) / 10, components, violations: facts.violations }
}

/** The score of a department that has none yet. */
export const NEUTRAL_SCORE = 100 * PRIOR_VALUE
