import { RULES } from './registry.ts'
import { type Dimension, DIMENSIONS } from '../dimension.ts'
import type { RuleId, RuleResult } from './rule.ts'

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
  /** 0..1; 0 when nothing could be measured. */
  readonly overall: number
  readonly stars: 1 | 2 | 3 | 4 | 5
}

/**
 * Scores a version. A rule's score is the mean over its fields; a dimension's is the mean of its rules by their weights; the
 * overall score is the mean of the measured dimensions by theirs.
 */
export function scoreVersion(results: readonly RuleResult[]): VersionScore {
  const dimensions = DIMENSIONS.map((dimension) => ({
    dimension,
    score: scoreDimension(results.filter((result) => result.dimension === dimension)),
    weight: DIMENSION_WEIGHTS[dimension],
  }))
  const overall = weightedMean(dimensions) ?? 0
  return { dimensions, overall, stars: STAR_THRESHOLDS.find(({ least }) => overall >= least)?.stars ?? 1 }
}

function scoreDimension(results: readonly RuleResult[]): number | null {
  const byRule = new Map<RuleId, number[]>()
  for (const { rule, score } of results) if (score !== null) byRule.set(rule, [...(byRule.get(rule) ?? []), score])
  return weightedMean(
    [...byRule].map(([rule, scores]) => ({ score: scores.reduce((sum, score) => sum + score, 0) / scores.length, weight: RULES[rule].weight })),
  )
}

function weightedMean(parts: readonly { score: number | null; weight: number }[]): number | null {
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
