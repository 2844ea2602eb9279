import type { FieldSchema, RowsSum, VersionRef } from '@datong/data-engine'
import type { DuckDBConnection } from '@duckdb/node-api'
import { versionSource } from './read-rows.ts'
import { rowsOf } from './session.ts'
import { identifier } from './sql.ts'

/** Hexadecimal digits of the 56 bits of a row's hash. */
const DIGITS = 14

/** Rows and their content hash; times and decimals are what DuckDB writes for them. */
export async function digestVersion(connection: DuckDBConnection, version: VersionRef): Promise<RowsSum> {
  const text = version.schema.map(textOf).join(', ')
  const sum = `sum(CAST('0x' || left(sha256(concat(${text})), ${DIGITS}) AS BIGINT))`
  const [[rows, hash] = []] = await rowsOf(connection, `SELECT count(*), coalesce(CAST(${sum} AS VARCHAR), '0') FROM ${versionSource(version)}`)
  return { rows: Number(rows), hash: String(hash) }
}

function textOf({ name, type }: FieldSchema): string {
  const column = identifier(name)
  const value = type === 'text' ? column : `CAST(${column} AS VARCHAR)`
  return `CASE WHEN ${column} IS NULL THEN '-' ELSE concat(strlen(${value}), ':', ${value}) END`
}
