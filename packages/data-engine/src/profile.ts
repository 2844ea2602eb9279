import type { FieldType } from '@datong/kernel'

/** What a column holds. Counts are of rows; `top` and `patterns` are by falling count. */
export interface FieldProfile {
  readonly name: string
  readonly type: FieldType
  readonly rows: number
  readonly filled: number
  readonly distinct: number | null
  readonly distinctApproximate: boolean
  readonly min: string | null
  readonly max: string | null
  readonly minLength: number | null
  readonly maxLength: number | null
  readonly mean: number | null
  readonly standardDeviation: number | null
  readonly top: readonly { readonly value: string; readonly count: number }[]
  /** Digits as 9, letters as A, Han as 汉, runs collapsed. */
  readonly patterns: readonly { readonly pattern: string; readonly count: number }[]
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly count: number }[]
}
