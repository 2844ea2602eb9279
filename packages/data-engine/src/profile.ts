import type { FieldType } from '@datong/kernel'

/** A value as profiles and rows carry it: dates and times as ISO 8601 texts, long decimals as texts. */
export type Value = string | number | boolean | null

export interface ValueCount {
  readonly value: Value
  readonly count: number
}

export interface PatternCount {
  /** Digits as 9, Latin letters as A, Han as 汉, each run once: `A9-汉`. */
  readonly pattern: string
  readonly count: number
}

/** One bar of a histogram: `from` ≤ value < `to`, the last one with its end. */
export interface HistogramBin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** What a field of a version holds. Shares are 0–1. */
export interface FieldProfile {
  readonly name: string
  readonly type: FieldType
  readonly rows: number
  readonly filled: number
  readonly filledShare: number
  readonly distinct: number
  /** False when `distinct`, `frequent` and `patterns` are estimates. */
  readonly exact: boolean
  readonly min: Value
  readonly max: Value
  /** At most ten, most frequent first, equal counts by value. */
  readonly frequent: readonly ValueCount[]
  /** Every row has a value and no two have the same. */
  readonly identifierCandidate: boolean
  /** Characters, for `text`. */
  readonly length?: { readonly min: number; readonly max: number; readonly average: number }
  /** At most five, for `text`. */
  readonly patterns?: readonly PatternCount[]
  /** For `integer` and `decimal`. */
  readonly numbers?: {
    readonly mean: number
    readonly standardDeviation: number
    readonly histogram: readonly HistogramBin[]
  }
}
