import type { FieldSchema } from './field.ts'
import type { Value } from './profile.ts'

/** The engine's own column: place of the row in the version, from 0, dense. May be selected, filtered and sorted by. */
export const ROW_COLUMN = '_row'

/**
 * One condition. Nulls match only `null`. `like` has `%`, `_` and `\` as escape; `contains` and `startsWith` take their
 * value literally. Text is compared by code points, with regard to case.
 */
export type Filter =
  | { readonly field: string; readonly op: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte'; readonly value: Exclude<Value, null> }
  | { readonly field: string; readonly op: 'in'; readonly values: readonly Exclude<Value, null>[] }
  | { readonly field: string; readonly op: 'like' | 'contains' | 'startsWith'; readonly value: string }
  | { readonly field: string; readonly op: 'null' | 'notNull' }

export type FilterOp = Filter['op']

export interface Sort {
  readonly field: string
  readonly descending?: boolean
}

/**
 * What to read of a version: a closed tree of data, compiled by each engine. All filters must hold. Rows come sorted
 * as asked (nulls last), then by `_row`; without a sort by `_row`.
 */
export interface ReadPlan {
  /** In this order; must not be empty. */
  readonly columns: readonly string[]
  readonly filters?: readonly Filter[]
  readonly sort?: readonly Sort[]
  readonly limit?: number
  readonly offset?: number
  /** Go on after this row: its values of the sort fields, in their order, and its `_row`. */
  readonly after?: { readonly values: readonly Value[]; readonly row: number }
}

/** A version as readers need it: where its files are and what they hold. */
export interface VersionRef {
  readonly files: readonly string[]
  readonly schema: readonly FieldSchema[]
}
