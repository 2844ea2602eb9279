import type { CellValue } from './field.ts'

export const FILTER_OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'like'] as const
export type FilterOperator = (typeof FILTER_OPERATORS)[number]

/** One condition; values are always bound, never written into SQL. `in` takes a list, the others one value. */
export interface ReadFilter {
  readonly field: string
  readonly op: FilterOperator
  readonly value: CellValue | readonly CellValue[]
}

/**
 * What to read of a version: a closed form that every engine compiles to its own dialect. Order is by `sort`, nulls last,
 * then by `_row`, the 0-based number of the row in the version, so that every order is total.
 */
export interface ReadPlan {
  readonly columns: readonly string[]
  /** All must hold. */
  readonly filters: readonly ReadFilter[]
  readonly sort: readonly { readonly field: string; readonly descending: boolean }[]
  /** Rows at most; all when left out. */
  readonly limit?: number
  /** Continue after this row of the same order: its sort values and its `_row`. */
  readonly after?: { readonly values: readonly CellValue[]; readonly row: number }
}

/** Rows in the order of the plan's columns, each with its `_row`. */
export interface RowBatch {
  readonly rows: readonly { readonly row: number; readonly cells: readonly CellValue[] }[]
}
