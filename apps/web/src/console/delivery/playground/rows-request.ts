import { operations, urlOf } from '@datong/contracts'
import type { RowFilterValue } from '../../../shared/ui/row-filters.tsx'

export interface RowsRequest {
  readonly filters: readonly RowFilterValue[]
  /** None: all that are granted. */
  readonly select: readonly string[]
  /** Name of a field, with `-` before it for falling order. */
  readonly sort: string | undefined
  readonly limit: number
}

/**
 * Path and query that ask for these rows. `like` compares whole values, so words to look for are put between `%`; who writes
 * `%` or `_` is taken at their word.
 */
export function rowsPath(code: string, { filters, select, sort, limit }: RowsRequest, cursor?: string): string {
  const conditions = filters.map(({ field, op, value }) => [op === 'eq' ? field : `${field}.${op}`, op === 'like' && !/[%_]/.test(value) ? `%${value}%` : value])
  return urlOf(operations.readRows, { code }, { ...Object.fromEntries(conditions), ...(select.length > 0 ? { select: select.join(',') } : {}), sort, limit, cursor })
}
