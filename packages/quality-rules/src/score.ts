import { definitionOf } from './catalogue.ts'
import { type Dimension, DIMENSIONS } from './dimension.ts'
import type { RuleOutcome } from './rule.ts'

/** Weight of each dimension in the overall score; shown beside it. What could not be measured gives its weight to the others. */
export const DIMENSION_WEIGHTS: Readonly<Record<Dimension, number>> = {
  normativity: 0.2,
  completeness: 0.25,
  accuracy: 0.25,
  consistency: 0.1,
  timeliness: 0.15,
  accessibility: 0.05,
}

/** Least overall score for each number of stars, the most first; below all of them there is one star. */
export const STAR_THRESHOLDS: readonly { readonly stars: 2 | 3 | 4 | 5; readonly least: number }[] = [
  { stars: 5, least: 0.95 },
  { stars: 4, least: 0.85 },
  { stars: 3, least: 0.7 },
  { stars: 2, least: 0.5 },
]

export interface DimensionScore {
  readonly dimension: Dimension
  /** null when no rule of the dimension could say anything. */
  readonly score: number | null
  readonly weight: number
}

export interface VersionScore {
  readonly dimensions: readonly DimensionScore[]
  /** 0–1; 0 when nothing could be measured. */
  readonly overall: number
  readonly stars: 1 | 2 | 3 | 4 | 5
}

type Scored = Pick<RuleOutcome, 'rule' | 'dimension' | 'score'>

/**
 * Scores a version. A rule's score is the mean over its fields; a dimension's is the mean of its rules by their weights; the
 * overall score is the mean of the measured dimensions by theirs.
 */
export function scoreOutcomes(outcomes: readonly Scored[]): VersionScore {
  const dimensions = DIMENSIONS.map((dimension) => ({
    dimension,
    score: scoreDimension(outcomes.filter((outcome) => outcome.dimension === dimension)),
    weight: DIMENSION_WEIGHTS[dimension],
  }))
  const overall = weightedMean(dimensions) ?? 0
  return { dimensions, overall, stars: starsOf(overall) }
}

export const starsOf = (overall: number): VersionScore['stars'] => STAR_THRESHOLDS.find(({ least }) => overall >= least)?.stars ?? 1

function scoreDimension(outcomes: readonly Scored[]): number | null {
  const byRule = Map.groupBy(outcomes.filter(({ score }) => score !== null), ({ rule }) => rule)
  return weightedMean(
    [...byRule].map(([rule, of]) => ({ score: of.reduce((so, { score }) => so + (score ?? 0), 0) / of.length, weight: definitionOf(rule).weight })),
  )
}

/** The mean of what was measured, by weights that need not add up to one; null when nothing was. */
export function weightedMean(parts: readonly { readonly score: number | null; readonly weight: number }[]): number | null {
  let sum = 0
  let weights = 0
  for (const { score, weight } of parts) {
    if (score === null) continue
    sum += score * weight
    weights += weight
  }
  // Sums of thirds may end a hair above 1.
  return weights === 0 ? null : Math.min(1, sum / weights)
}
