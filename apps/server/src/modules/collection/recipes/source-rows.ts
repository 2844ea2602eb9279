import type { TextRow } from '@datong/cleansing'
import { type DataEngine, type Filter, type Reading, type Row, ROW_COLUMN, type TypeHints, type VersionRef } from '@datong/data-engine'
import type { FieldType } from '@datong/kernel'
import { join } from 'node:path'
import type { VersionRow } from '../versions/version-store.ts'
import type { Workspace } from '../workspace.ts'

/** What a recipe goes over again: a version's rows as they came in, or its own rows where it is its own original. */
export interface SourceTable {
  readonly version: VersionRow
  readonly ref: VersionRef
  readonly names: readonly string[]
  readonly rows: number
  /** Whether these are the rows as they came in, before a recipe. */
  readonly original: boolean
}

/** The rows of a version to go over again. A version of merged rows has the original of its last load alone, so it stands for itself. */
export function sourceOf(version: VersionRow, workspace: Pick<Workspace, 'inLake'>): SourceTable {
  const { original, fields, files, rowCount } = version.manifest
  const part = original?.whole === true ? original : { fields, files, rowCount }
  return {
    version, rows: part.rowCount, names: part.fields.map(({ name }) => name), original: part === original,
    ref: { files: part.files.map(({ path }) => workspace.inLake(join(version.folder, path))), schema: part.fields },
  }
}

const READING_OF: Readonly<Record<FieldType, Reading>> = {
  text: 'text', integer: 'integer', decimal: 'decimal', boolean: 'boolean-true-false', date: 'date-ymd', datetime: 'datetime-ymd',
}

/** How the texts of a version's values are read: as what they are. None of an original, whose types are found out anew. */
export const hintsOf = ({ original, version }: SourceTable): TypeHints =>
  original ? {} : Object.fromEntries(version.manifest.fields.map(({ name, type }) => [name, READING_OF[type]]))

const textOf = (value: Row[number]): string => (value === null ? '' : String(value))

/** Rows as texts, in order, each with its place from 1. */
export async function* textRows(engine: DataEngine, table: SourceTable, filters: readonly Filter[] = [], signal?: AbortSignal): AsyncGenerator<TextRow[]> {
  for await (const batch of engine.query(table.ref, { columns: [ROW_COLUMN, ...table.names], filters }, signal)) {
    yield batch.map(([row, ...values]) => ({ line: Number(row) + 1, cells: values.map(textOf) }))
  }
}

/** Most rows that are looked at for a preview, in stretches over the whole table. */
const MOST_ROWS = 20_000
const STRETCHES = 10

/** Rows to try a recipe on: all of a small table, else stretches of one length from its beginning to its end. */
export async function sampleRows(engine: DataEngine, table: SourceTable): Promise<TextRow[]> {
  const length = MOST_ROWS / STRETCHES
  const starts = table.rows <= MOST_ROWS ? [0] : Array.from({ length: STRETCHES }, (_, at) => Math.floor((at * (table.rows - length)) / (STRETCHES - 1)))
  const rows: TextRow[] = []
  for (const from of starts) {
    const filters: Filter[] = table.rows <= MOST_ROWS ? [] : [{ field: ROW_COLUMN, op: 'gte', value: from }, { field: ROW_COLUMN, op: 'lt', value: from + length }]
    for await (const batch of textRows(engine, table, filters)) rows.push(...batch)
  }
  return rows
}
