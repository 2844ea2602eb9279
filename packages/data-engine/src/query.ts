import type { Filter, VersionRef } from './read-plan.ts'

/** A version as an input of a query: the fields that the query may name, and the rows that it sees. */
export interface QueryInput {
  readonly version: VersionRef
  readonly columns: readonly string[]
  readonly filters: readonly Filter[]
}

/**
 * A query over versions: one SELECT of our own making in which input `n` is the relation `in<n>`. It says only what standard
 * SQL and PostgreSQL agree on, names fields in quotes, and calls functions that the caller knows every engine has.
 */
export interface VersionQuery {
  readonly inputs: readonly QueryInput[]
  readonly sql: string
  /** The query orders its rows itself; otherwise they come in the order of their values, so that equal inputs give equal tables. */
  readonly ordered: boolean
}

/** A field of a query's answer. */
export interface QueryField {
  readonly name: string
  readonly type: 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime'
}
