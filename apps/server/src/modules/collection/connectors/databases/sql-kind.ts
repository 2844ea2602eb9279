import type { SourceColumn, SourceObject } from '../connector.ts'

/** Texts of a row, in the order of what was selected. */
export type TextRow = readonly (string | null)[]

/** One connection, in one read-only transaction that sees one moment. */
export interface SqlSession {
  /** All rows of a small answer. */
  rows(sql: string, values?: readonly string[]): Promise<readonly TextRow[]>
  /** Names and types, as the database spells them, of what can be selected from something. */
  describe(from: string): Promise<readonly { readonly name: string; readonly type: string }[]>
  /** Rows in batches of some megabytes; the database waits while nobody asks. */
  stream(sql: string): AsyncIterable<readonly TextRow[]>
  /** Ends it, whatever goes on. */
  close(): Promise<void>
}

/** Something to select from: a table, or a query in brackets. */
export interface Selectable {
  /** What stands behind `from`. */
  readonly from: string
  readonly columns: readonly SourceColumn[]
  readonly key: readonly string[]
}

/** What differs between databases. Sessions answer texts as `connector.ts` promises when columns are selected by `text`. */
export interface SqlKind {
  /** @throws AppError `collection/source-…`, `delivery/address-refused` */
  connect(): Promise<SqlSession>
  objects(session: SqlSession): Promise<readonly SourceObject[]>
  /** Undefined: nothing of this name may be read. */
  table(session: SqlSession, name: string): Promise<Selectable | undefined>
  query(session: SqlSession, query: string): Promise<Selectable>
  quote(name: string): string
  /** An expression for a column's text. */
  text(column: SourceColumn): string
  /** A text as the value of a column. */
  literal(column: SourceColumn, value: string): string
  /** Two expressions, number and hash of all rows, made of the texts of their columns; see `rows-digest.ts`. */
  sums(texts: readonly string[]): string
  /** What an error of the driver means. */
  explain(error: unknown): unknown
}
