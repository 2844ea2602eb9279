import type { DerivedTable, QueryField, Reading, VersionQuery } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { DuckDBConnection } from '@duckdb/node-api'
import { rm } from 'node:fs/promises'
import { compilePlan } from './read-rows.ts'
import { rowsOf } from './session.ts'
import { identifier, literal } from './sql.ts'

/** Largest whole number that rows carry exactly. */
const MOST_INTEGER = 2 ** 53 - 1

const TYPES: readonly (readonly [RegExp, QueryField['type']])[] = [
  [/^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT)$/, 'integer'],
  [/^(DECIMAL|DOUBLE|FLOAT)/, 'decimal'],
  [/^BOOLEAN$/, 'boolean'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP/, 'datetime'],
]

const typeOf = (name: string): QueryField['type'] => TYPES.find(([pattern]) => pattern.test(name))?.[1] ?? 'text'

const READING: Readonly<Record<QueryField['type'], Reading>> = {
  text: 'text', integer: 'integer', decimal: 'decimal', boolean: 'boolean-true-false', date: 'date-ymd', datetime: 'datetime-ymd',
}

interface Statement {
  readonly sql: string
  readonly values: readonly string[]
}

/** The query with its inputs in front. */
function statementOf({ inputs, sql }: VersionQuery): Statement {
  const values: string[] = []
  const relations = inputs.map(({ version, columns, filters }, index) => {
    const input = compilePlan(version, { columns, filters }, 'stored', values.length)
    values.push(...input.values)
    return `in${index} AS (${input.sql})`
  })
  return { sql: `WITH ${relations.join(', ')} SELECT * FROM (${sql})`, values }
}

/** The engine's words about a statement that it does not take: they name fields and functions, and hold no value. */
async function understood<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : ''
    if (!/^(Binder|Parser|Catalog|Not implemented) Error/.test(words)) throw cause
    throw new AppError('data-engine/query-refused', { reason: (words.split('\n')[0] ?? '').slice(0, 300) }, [], { cause })
  }
}

/** @throws AppError `data-engine/query-refused` */
export const describeQuery = async (connection: DuckDBConnection, query: VersionQuery): Promise<QueryField[]> =>
  (await described(connection, query)).map(({ name, type }) => ({ name, type: typeOf(type) }))

/** The names and the engine's own types. */
async function described(connection: DuckDBConnection, query: VersionQuery): Promise<{ name: string; type: string }[]> {
  // Filters change no type, and a description takes no parameters.
  const { sql } = statementOf({ ...query, inputs: query.inputs.map((input) => ({ ...input, filters: [] })) })
  const rows = await understood(() => rowsOf(connection, `DESCRIBE ${sql}`))
  return rows.map(([name, type]) => ({ name: String(name), type: String(type) }))
}

/** As it is kept on the way: the file knows no numbers of 128 bits, and would make them inexact ones. */
const kept = ({ name, type }: { readonly name: string; readonly type: string }): string =>
  /^U?HUGEINT$/.test(type) ? `CAST(${identifier(name)} AS DECIMAL(38, 0)) AS ${identifier(name)}` : identifier(name)

/**
 * Runs the query into a file of the engine's own first: it is written once, then measured and written as clean CSV, however large
 * it is.
 */
export async function derive(
  connection: DuckDBConnection, query: VersionQuery, { path, mostRows }: { readonly path: string; readonly mostRows: number },
): Promise<DerivedTable> {
  const columns = await described(connection, query)
  const fields = columns.map(({ name, type }): QueryField => ({ name, type: typeOf(type) }))
  const raw = `${path}.parquet`
  try {
    const { sql, values } = statementOf(query)
    const order = query.ordered ? '' : ' ORDER BY ALL'
    await connection.run(`COPY (SELECT ${columns.map(kept).join(', ')} FROM (${sql})${order} LIMIT ${mostRows + 1}) TO ${literal(raw)} (FORMAT parquet, COMPRESSION zstd)`, [...values])
    return await writeTable(connection, fields, raw, path, mostRows)
  } catch (cause) {
    await rm(path, { force: true })
    throw failureOf(cause)
  } finally {
    await rm(raw, { force: true })
  }
}

/** Text of each value; what is no number, and a text of nothing, is no value. */
function textOf({ name, type }: QueryField): string {
  const column = identifier(name)
  if (type === 'text') return `nullif(CAST(${column} AS VARCHAR), '')`
  if (type === 'decimal') return `CASE WHEN isfinite(CAST(${column} AS DOUBLE)) THEN CAST(${column} AS VARCHAR) END`
  return `CAST(${column} AS VARCHAR)`
}

async function writeTable(connection: DuckDBConnection, fields: readonly QueryField[], raw: string, path: string, mostRows: number): Promise<DerivedTable> {
  const source = `read_parquet(${literal(raw)}, file_row_number = true)`
  const measures = fields.map((field) => {
    const column = identifier(field.name)
    const isText = field.type === 'text'
    const large = field.type === 'integer' ? `coalesce(max(abs(CAST(${column} AS DOUBLE))) > ${MOST_INTEGER}, false)` : 'false'
    return [`coalesce(max(strlen(${textOf(field)})), 0)`, isText ? `coalesce(bool_or(contains(${textOf(field)}, chr(10))), false)` : 'false', large].join(', ')
  })
  const [[count, ...found] = []] = await rowsOf(connection, `SELECT count(*), ${measures.join(', ')} FROM ${source}`)
  const rows = Number(count)
  if (rows > mostRows) throw new AppError('data-engine/too-many-rows', { mostRows })
  const of = (index: number, at: number): unknown => found[index * 3 + at]
  const copied = `SELECT file_row_number + 1, ${fields.map(textOf).join(', ')} FROM ${source} ORDER BY file_row_number`
  await connection.run(`COPY (${copied}) TO ${literal(path)} (FORMAT csv, HEADER false, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '')`)
  return {
    table: {
      path, names: fields.map(({ name }) => name), rows,
      // Every sign may be a quotation mark, which is written twice.
      maxRecordBytes: 24 + fields.reduce((sum, _, index) => sum + Number(of(index, 0)) * 2 + 3, 0),
      innerLineBreaks: fields.some((_, index) => of(index, 1) === true),
      firstLine: rows > 0 ? 1 : null,
    },
    hints: Object.fromEntries(fields.map((field, index) => [field.name, of(index, 2) === true ? 'decimal' : READING[field.type]])),
  }
}

/** The kind of a fault of the data; the engine's words would tell values. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^Conversion Error/, 'conversion'], [/^Out of Range Error/, 'range'], [/^Out of Memory Error/, 'memory'], [/^Invalid Input Error/, 'input'],
]

function failureOf(cause: unknown): unknown {
  const words = cause instanceof Error ? cause.message : ''
  const kind = KINDS.find(([pattern]) => pattern.test(words))?.[1]
  return kind === undefined ? cause : new AppError('data-engine/query-failed', { reason: kind }, [], { cause })
}
