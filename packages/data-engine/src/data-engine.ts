import type { Comparison, ComparisonOrder } from './comparison.ts'
import type { FieldSchema, InferredField, Reading, TypedField } from './field.ts'
import type { MeasuringEngine } from './measure.ts'
import type { FieldProfile, Value } from './profile.ts'
import type { QueryField, VersionQuery } from './query.ts'
import type { Filter, ReadPlan, VersionRef } from './read-plan.ts'

/** A normalised CSV: UTF-8, commas, LF, RFC 4180, no header; first field the physical line, then one for each name. */
export interface NormalisedTable {
  readonly path: string
  /** Names of the fields after the line number. */
  readonly names: readonly string[]
  readonly rows: number
  /** Longest record in bytes. */
  readonly maxRecordBytes: number
  /** Whether a field holds a line break. */
  readonly innerLineBreaks: boolean
  /** Line of the first row when all rows stand on consecutive lines, else null. */
  readonly firstLine: number | null
}

/** A table that the engine can infer types of and write. Opaque but for its size. */
export interface Staged {
  readonly table: NormalisedTable
}

/** What a person already knows about a field, by name. */
export type TypeHints = Readonly<Record<string, Reading>>

/** What a query gave, as a table to be taken in like any other. */
export interface DerivedTable {
  readonly table: NormalisedTable
  /** The reading of each field. */
  readonly hints: TypeHints
}

/** A row that was staged but does not fit the types. */
export interface ValueReject {
  readonly line: number
  readonly reasonCode: 'value-does-not-fit'
  /** The first field that does not fit, and its text. */
  readonly field: string
  readonly value: string
  /** One English sentence naming all fields of the row that do not fit. */
  readonly detail: string
  /** The row's texts with commas, at most 500 characters. */
  readonly excerpt: string
}

export interface VersionFile {
  readonly path: string
  readonly bytes: number
  /** Lower-case hex. */
  readonly sha256: string
  readonly rows: number
}

/** Always `rowsStored + rowsRejected` = rows staged. */
export interface WrittenVersion {
  readonly files: readonly VersionFile[]
  readonly schema: readonly FieldSchema[]
  readonly rowsStored: number
  readonly rowsRejected: number
}

/** The column, behind those of the fields, in which rows say that their key is gone: `1`. It is never stored. */
export const DELETED_COLUMN = '_deleted'

/** How new rows meet those of an older version: by the values of these fields, where null equals null. */
export interface MergeKey {
  /** Without any, all rows come behind those that are there. */
  readonly key: readonly string[]
  /** `marked`: the last staged column is `DELETED_COLUMN`. */
  readonly deletions: 'none' | 'marked'
}

export interface VersionTarget {
  /** An existing or new folder of this version alone. */
  readonly directory: string
  /** Gets rows that do not fit, by line, in batches; awaited. */
  readonly reject: (rejects: readonly ValueReject[]) => Promise<void> | void
}

/** `rowsStored` are all rows of the version; rows staged = those that count below and the rejected. */
export interface MergedVersion extends WrittenVersion {
  readonly added: number
  readonly changed: number
  /** Keys that were there and are gone. */
  readonly removed: number
  /** Rows that changed nothing: as they were, replaced by a later line, or telling of the end of a key that was not there. */
  readonly idle: number
}

/** Rows and their content hash, whatever their order; see `DataEngine.digest`. */
export interface RowsSum {
  readonly rows: number
  /** Decimal digits. */
  readonly hash: string
}

export type Row = readonly Value[]

/** Rows are counted by the values of these fields, each named once. */
export interface Tally {
  readonly by: readonly string[]
  readonly filters: readonly Filter[]
  readonly limit: number
  /** Whether a group has many different values of another field is asked, too. */
  readonly different?: { readonly field: string; readonly upTo: number }
}

export const EXPORT_FORMATS = ['csv', 'ndjson', 'parquet'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** How a cell that somebody works on afterwards stands in a sheet: its value's text as it is, or as the form writes it. */
export type ApartCell = 'raw' | 'written'

/**
 * Lines for people's programs: CSV for spreadsheets, with a first line, or JSON objects, each with a comma behind it. Where
 * cells are apart, each line begins with the lengths of its parts in bytes, between commas, and a colon: of the text before the
 * first such cell, of the cell (nothing for null, when it is raw), of the text before the next, … of the text after the last.
 */
export interface SheetForm {
  readonly kind: 'csv' | 'json'
  /** First line of CSV, without its line break. */
  readonly header: string
  readonly apart: ReadonlyMap<string, ApartCell>
}

/** What an engine can do beyond the contract, so that callers ask instead of naming engines. */
export interface EngineCapabilities {
  readonly name: string
  readonly exportFormats: readonly ExportFormat[]
  /** Whether one version may span machines. */
  readonly distributed: boolean
}

/**
 * The port to the engine that holds versions and reads them by plan. Rows and exports carry values as follows:
 * integer as number; decimal as number when the field's precision ≤ 15, else as text; date `2019-11-05`; datetime
 * `2019-11-05T08:30:00` with a fraction only when there is one.
 *
 * All methods may throw AppError `data-engine/failed` (the engine's own words in `cause`), `data-engine/invalid-plan`.
 */
export interface DataEngine extends MeasuringEngine {
  readonly capabilities: EngineCapabilities
  stage(table: NormalisedTable): Promise<Staged>
  /** Decides a type for each column by looking at all rows. */
  inferTypes(staged: Staged, hints?: TypeHints): Promise<InferredField[]>
  /** Writes an immutable version: Parquet, `_row` first, durable when the promise resolves. */
  writeVersion(staged: Staged, fields: readonly (TypedField | InferredField)[], target: VersionTarget): Promise<WrittenVersion>
  /**
   * Writes a version that is an older one with the staged rows in it: the last row of each key takes the place of those with this
   * key, new keys come behind, marked ones leave. `fields` are those of the new version in their order; staged columns are found by
   * name. A field that one side does not have is null there. When nothing changes nothing is written: there are no files then.
   * @param base null for none
   * @throws AppError `data-engine/invalid-fields`
   */
  merge(base: VersionRef | null, staged: Staged, fields: readonly TypedField[], by: MergeKey, target: VersionTarget): Promise<MergedVersion>
  /**
   * Sums rows up so that equal sums mean equal rows: of each row's text (each field's length in bytes of UTF-8, a colon and its
   * text, or `-` for null) the first 56 bits of SHA-256, added up. Times are written `2026-11-22 08:30:00.5`, decimals with the
   * digits of their scale.
   */
  digest(version: VersionRef): Promise<RowsSum>
  /** Lets go of what `stage` made; the caller's file stays. */
  discard(staged: Staged): Promise<void>
  profile(version: VersionRef): Promise<FieldProfile[]>
  /** Rows in batches, each row with the plan's columns in order. Stopping early stops the engine, as the signal does at any time. */
  query(version: VersionRef, plan: ReadPlan, signal?: AbortSignal): AsyncIterable<readonly Row[]>
  count(version: VersionRef, filters?: readonly Filter[]): Promise<number>
  /**
   * How many rows have which values of some fields, nulls being a value like others: in batches and in no order, each with the values and
   * the number of rows; at most `limit` of them. With `different`, two more cells: words between blanks, each for one value that the rows have
   * of that field, at most `upTo` of them, equal values having equal words; and the number of rows without such a value.
   */
  tally(version: VersionRef, asked: Tally, signal?: AbortSignal): AsyncIterable<readonly Row[]>
  /**
   * Writes what a plan reads to a file; answers its rows. CSV is RFC 4180 with header and CRLF-free.
   * @param properties open properties of the file, where the format has a place for them (Parquet)
   */
  export(version: VersionRef, plan: ReadPlan, format: ExportFormat, path: string, properties?: Readonly<Record<string, string>>): Promise<number>
  /**
   * Writes what a plan reads as a sheet; answers its rows. CSV is RFC 4180 with CRLF; text that a spreadsheet would run as a
   * formula gets an apostrophe in front, null is nothing. JSON has numbers with all their digits; lines end with LF.
   */
  exportSheet(version: VersionRef, plan: ReadPlan, form: SheetForm, path: string): Promise<number>
  /** The fields that a query gives, without running it. @throws AppError `data-engine/query-refused` with the engine's words in `reason` */
  describeQuery(query: VersionQuery): Promise<QueryField[]>
  /**
   * Runs a query and writes what it gives to `path` as clean CSV; nothing of it is there when this fails.
   * @throws AppError `data-engine/query-refused`; `data-engine/query-failed` with the kind of fault, never a value, in `reason`;
   *   `data-engine/too-many-rows` beyond `mostRows`
   */
  derive(query: VersionQuery, target: { readonly path: string; readonly mostRows: number }, signal?: AbortSignal): Promise<DerivedTable>
  /** What became of the rows. @throws AppError `data-engine/key-not-unique` with the numbers of such keys `before` and `after` */
  compare(before: VersionRef, after: VersionRef, order: ComparisonOrder, signal?: AbortSignal): Promise<Comparison>
  /** Physical lines of rows in the file that they were staged from; rows count from 0, null where the line is not known. */
  sourceLines(version: VersionRef, rows: readonly number[]): Promise<(number | null)[]>
  /** The least there is to do, for readiness; rejects when the engine does not work. */
  ping(): Promise<void>
  close(): Promise<void>
}
