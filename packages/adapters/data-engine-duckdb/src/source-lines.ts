import type { VersionRef } from '@datong/data-engine'
import { ROW_COLUMN } from '@datong/data-engine'
import type { DuckDBConnection } from '@duckdb/node-api'
import { rowsOf } from './session.ts'
import { identifier, literal } from './sql.ts'

/** The engine's own column after the fields: physical line of the row in its source. Not in the schema, so nobody reads it as data. */
export const LINE_COLUMN = '_source_line'
const FIRST_LINE = 'datong_first_line'

/** Option of COPY that notes the first line of a version whose rows stand on consecutive lines. */
export const firstLineOption = (line: number | null): string => (line === null ? '' : `, KV_METADATA {${literal(FIRST_LINE)}: ${literal(String(line))}}`)

/** Lines of rows in their source, in the order asked for; null where it is not known. Rows count from 0. */
export async function sourceLines(connection: DuckDBConnection, version: VersionRef, rows: readonly number[]): Promise<(number | null)[]> {
  const [file, ...others] = version.files
  if (file === undefined || others.length > 0 || rows.length === 0) return rows.map(() => null)
  const [noted] = await rowsOf(connection, `SELECT decode(value) FROM parquet_kv_metadata(${literal(file)}) WHERE decode(key) = ${literal(FIRST_LINE)}`)
  if (noted !== undefined) return rows.map((row) => Number(noted[0]) + row)
  const kept = version.schema.every(({ name }) => name.toLowerCase() !== LINE_COLUMN)
    && (await rowsOf(connection, `SELECT 1 FROM parquet_schema(${literal(file)}) WHERE name = ${literal(LINE_COLUMN)}`)).length > 0
  if (!kept) return rows.map(() => null)
  const found = await rowsOf(connection, `SELECT ${identifier(ROW_COLUMN)}, ${LINE_COLUMN} FROM read_parquet(${literal(file)}) WHERE ${identifier(ROW_COLUMN)} IN (${rows.map((row) => String(Math.trunc(row))).join(', ')})`)
  const lines = new Map(found.map(([row, line]) => [Number(row), Number(line)]))
  return rows.map((row) => lines.get(row) ?? null)
}
