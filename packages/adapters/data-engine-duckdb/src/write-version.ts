import {
  READINGS,
  ROW_COLUMN,
  type FieldSchema,
  type InferredField,
  type Staged,
  type TypedField,
  type ValueReject,
  type VersionFile,
  type VersionTarget,
  type WrittenVersion,
} from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { DuckDBConnection } from '@duckdb/node-api'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { misfitOf, storedType, trustedValueOf, valueOf } from './casts.ts'
import { finishFile } from './finish-file.ts'
import { rowsOf } from './session.ts'
import { firstLineOption, LINE_COLUMN } from './source-lines.ts'
import { identifier, literal, stagedColumn } from './sql.ts'
import { stagedSource } from './staging.ts'

export const FILE_NAME = 'part-00000.parquet'
const EXCERPT_CHARACTERS = 500
const REJECTS_AT_ONCE = 1000

/** A staged column with the field that it becomes, as SQL. */
export interface Column {
  readonly field: TypedField | InferredField
  readonly staged: string
  readonly value: string
  /** The same in short, for a column without misfits. */
  readonly trusted: string
  readonly misfit: string
}

/**
 * Writes the rows that fit as one Parquet file and hands the others to the target. When inference saw no misfit
 * nothing is filtered, and what it saw is then held against the null counts of the written file; a difference (a
 * field changed by hand) sends the work the careful way.
 */
export async function writeVersion(
  connection: DuckDBConnection,
  staged: Staged,
  fields: readonly (TypedField | InferredField)[],
  target: VersionTarget,
): Promise<WrittenVersion> {
  refuseBadFields(fields, staged.table.names.length)
  await mkdir(target.directory, { recursive: true })
  const columns = fields.map((field, index): Column => {
    const column = stagedColumn(index)
    const value = valueOf(column, field.reading, storedType(field))
    return { field, staged: column, value, trusted: trustedValueOf(column, field), misfit: misfitOf(column, field.reading, value) }
  })
  const suspects = columns.filter(({ field }) => READINGS[field.reading] !== 'text' && !('misfits' in field && field.misfits === 0))
  const path = join(target.directory, FILE_NAME)
  const temporary = `${path}.writing`
  try {
    await copy(connection, staged, columns, suspects, temporary)
    let doubted = suspects
    if (suspects.length < columns.length && !(await agreesWithInference(connection, temporary, columns))) {
      doubted = columns.filter(({ field }) => READINGS[field.reading] !== 'text')
      await copy(connection, staged, columns, doubted, temporary)
    }
    const rowsRejected = doubted.length === 0 ? 0 : await handOverRejects(connection, staged, columns, doubted, target)
    const [[stored] = []] = await rowsOf(connection, `SELECT num_rows FROM parquet_file_metadata(${literal(temporary)})`)
    const rowsStored = Number(stored)
    if (rowsStored + rowsRejected !== staged.table.rows) {
      throw new AppError('data-engine/failed', { operation: 'count', staged: staged.table.rows, rowsStored, rowsRejected })
    }
    const file: VersionFile = { path, rows: rowsStored, ...(await finishFile(temporary, path)) }
    return { files: [file], schema: fields.map(schemaOf), rowsStored, rowsRejected }
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** @throws AppError `data-engine/invalid-fields` */
export function refuseBadFields(fields: readonly TypedField[], columns: number): void {
  const names = new Set(fields.map(({ name }) => name.toLowerCase()))
  const reserved = names.has(ROW_COLUMN) || names.has('')
  if (fields.length !== columns || names.size !== fields.length || reserved) {
    throw new AppError('data-engine/invalid-fields', { fields: fields.length, columns })
  }
}

async function copy(
  connection: DuckDBConnection,
  { table }: Staged,
  columns: readonly Column[],
  suspects: readonly Column[],
  path: string,
): Promise<void> {
  // row_number() makes the scan run on one thread, so it is kept for the files that need it
  const plain = table.firstLine !== null && suspects.length === 0
  const row = plain ? `_line - ${table.firstLine}` : 'row_number() OVER () - 1'
  const values = columns.map((column) => {
    const value = suspects.includes(column) ? column.value : column.trusted
    return `CAST(${value} AS ${storedType(column.field)}) AS ${identifier(column.field.name)}`
  })
  const where = suspects.length === 0 ? '' : ` WHERE NOT (${suspects.map(({ misfit }) => misfit).join(' OR ')})`
  // Where the row stood in the source: counted from the first when all lines follow each other, else kept beside each row.
  const kept = plain || columns.some(({ field }) => field.name.toLowerCase() === LINE_COLUMN) ? '' : `, _line AS ${LINE_COLUMN}`
  const select = `SELECT CAST(${row} AS BIGINT) AS ${identifier(ROW_COLUMN)}, ${values.join(', ')}${kept} FROM ${stagedSource(table)}${where}`
  await connection.run(`COPY (${select}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd${plain ? firstLineOption(table.firstLine) : ''})`)
}

/** Whether each field that inference measured has as many values in the file as it saw. */
async function agreesWithInference(connection: DuckDBConnection, path: string, columns: readonly Column[]): Promise<boolean> {
  const sql = `SELECT path_in_schema, sum(num_values - stats_null_count)::BIGINT FROM parquet_metadata(${literal(path)}) GROUP BY column_id, path_in_schema ORDER BY column_id`
  const counts = await rowsOf(connection, sql)
  return columns.every(({ field }, index) => {
    if (!('misfits' in field) || field.type === 'text') return true
    // an empty table has no row groups and so no counts; column 0 is `_row`
    const values = counts.length === 0 ? 0 : Number(counts[index + 1]?.[1])
    return values === field.filled - field.misfits || field.misfits > 0
  })
}

/** Tells the target of the rows with a value that does not fit. @returns how many */
export async function handOverRejects(
  connection: DuckDBConnection,
  { table }: Staged,
  columns: readonly Column[],
  suspects: readonly Column[],
  target: VersionTarget,
): Promise<number> {
  const all = columns.map(({ staged }) => `coalesce(${staged}, '')`).join(', ')
  const texts = suspects.map(({ staged, misfit }) => `CASE WHEN ${misfit} THEN left(${staged}, ${EXCERPT_CHARACTERS}) END`)
  const where = suspects.map(({ misfit }) => misfit).join(' OR ')
  const excerpt = `left(concat_ws(',', ${all}), ${EXCERPT_CHARACTERS})`
  const sql = `SELECT _line, ${excerpt}, ${texts.join(', ')} FROM ${stagedSource(table)} WHERE ${where} ORDER BY _line`
  const result = await connection.stream(sql)
  let total = 0
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) return total
    const rejects = chunk.getRows().map(([line, row, ...odd]) => rejectOf(Number(line), String(row), odd, suspects))
    for (let at = 0; at < rejects.length; at += REJECTS_AT_ONCE) await target.reject(rejects.slice(at, at + REJECTS_AT_ONCE))
    total += rejects.length
  }
}

function rejectOf(line: number, excerpt: string, texts: readonly unknown[], suspects: readonly Column[]): ValueReject {
  const odd = suspects.flatMap(({ field }, i) => (typeof texts[i] === 'string' ? [{ field, value: texts[i] }] : []))
  const first = odd[0]
  const detail = odd.map(({ field, value }) => `"${value.slice(0, 60)}" is no ${field.type} (${field.name})`).join('; ')
  return { line, reasonCode: 'value-does-not-fit', field: first?.field.name ?? '', value: first?.value ?? '', detail, excerpt }
}

export function schemaOf({ name, type, precision, scale, nullable }: TypedField): FieldSchema {
  const size = type === 'decimal' ? { precision: precision ?? 38, scale: scale ?? 0 } : {}
  return { name, type, ...size, nullable }
}
