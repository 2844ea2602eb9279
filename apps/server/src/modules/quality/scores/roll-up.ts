import type { Naming, Severity } from '@datong/contracts'
import { type Dimension, DIMENSION_WEIGHTS, DIMENSIONS, type DimensionScore, starsOf, weightedMean } from '@datong/quality-rules'

/** What a written rule weighs among the rules of its dimension; the interface shows it. */
export const SEVERITY_WEIGHTS: Readonly<Record<Severity, number>> = { minor: 1, major: 2, critical: 4 }

/** One result that goes into a score: of a rule, or of a check that the platform makes by itself. */
export interface Piece {
  readonly ruleId: string | null
  readonly kind: string
  readonly title: string | null
  /** What the title is made of, when nobody wrote one. */
  readonly naming: Naming
  /** null when it is about the whole table. */
  readonly field: string | null
  readonly dimension: Dimension
  /** 0 to 1. */
  readonly score: number
  readonly weight: number
  readonly checked: number
  readonly failed: number
  readonly doubtful: number
}

/** A score by dimensions; null where nothing was measured. */
export interface Standing {
  readonly dimensions: DimensionScore[]
  readonly overall: number | null
  readonly stars: 1 | 2 | 3 | 4 | 5 | null
}

export interface FieldScore {
  readonly field: string | null
  readonly score: number
  /** Sum of the weights of its rules: what it weighs in the entry. */
  readonly weight: number
  readonly dimensions: DimensionScore[]
  readonly pieces: readonly Piece[]
}

interface Weighed {
  readonly score: number | null
  readonly weight: number
}

/** Dimensions by what each is made of, and the whole by the weights of the dimensions. */
function standingOf(partsOf: (dimension: Dimension) => readonly Weighed[]): Standing {
  const dimensions = DIMENSIONS.map((dimension) => ({ dimension, score: weightedMean(partsOf(dimension)), weight: DIMENSION_WEIGHTS[dimension] }))
  const overall = weightedMean(dimensions)
  return { dimensions, overall, stars: overall === null ? null : starsOf(overall) }
}

/** Rules to a field or an entry: in each dimension the mean of the rules by their weights. */
export const scorePieces = (pieces: readonly Piece[]): Standing => standingOf((dimension) => pieces.filter((piece) => piece.dimension === dimension))

/** Rules to fields, the worst first; the whole table is a field without a name. */
export function scoreFields(pieces: readonly Piece[]): FieldScore[] {
  return [...Map.groupBy(pieces, ({ field }) => field)].map(([field, own]): FieldScore => {
    const { dimensions, overall } = scorePieces(own)
    return { field, score: overall ?? 0, weight: own.reduce((sum, { weight }) => sum + weight, 0), dimensions, pieces: own }
  }).toSorted((a, b) => a.score - b.score)
}

/** Entries to a department, or departments' entries to the city: each entry weighs the same in every dimension. */
export const scoreEntries = (entries: readonly { readonly dimensions: readonly DimensionScore[] }[]): Standing => {
  const byDimension = new Map(DIMENSIONS.map((dimension) => [dimension, [] as Weighed[]]))
  for (const entry of entries) for (const { dimension, score } of entry.dimensions) byDimension.get(dimension)?.push({ score, weight: 1 })
  return standingOf((dimension) => byDimension.get(dimension) ?? [])
}
