import {
  DELETED_COLUMN,
  ROW_COLUMN,
  type FieldSchema,
  type MergedVersion,
  type MergeKey,
  type Staged,
  type TypedField,
  type VersionRef,
  type VersionTarget,
} from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { DuckDBConnection } from '@duckdb/node-api'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { misfitOf, storedType, valueOf } from './casts.ts'
import { finishFile } from './finish-file.ts'
import { versionSource } from './read-rows.ts'
import { rowsOf } from './session.ts'
import { identifier, literal, stagedColumn } from './sql.ts'
import { stagedSource } from './staging.ts'
import { FILE_NAME, handOverRejects, refuseBadFields, schemaOf, type Column } from './write-version.ts'

/** A field of the new version and where its values lie in the temporary tables. */
interface Target {
  readonly field: TypedField
  readonly name: string
  /** Column of `latest`; undefined when no staged column has this name. */
  readonly incoming: string | undefined
  readonly isInBase: boolean
}

/** Places of rows that were not there lie behind all others. */
const BEHIND = 2 ** 53

/**
 * Writes base and staged rows as one new file. `latest` holds the last row of each key; `met` tells which of them have rows in the
 * base, and the place of the first of these. Rows of the base are read once to find them and once to be copied. Rows that are as
 * they were are let go of, so that a load of nothing new makes no version.
 */
export async function mergeVersion(
  connection: DuckDBConnection, base: VersionRef | null, staged: Staged, fields: readonly TypedField[], by: MergeKey, target: VersionTarget,
): Promise<MergedVersion> {
  const { columns, targets } = planned(base, staged, fields, by)
  await mkdir(target.directory, { recursive: true })
  const path = join(target.directory, FILE_NAME)
  const temporary = `${path}.writing`
  try {
    const suspects = columns.filter(({ field }) => field.reading !== 'text')
    const rowsRejected = suspects.length === 0 ? 0 : await handOverRejects(connection, staged, columns, suspects, target)
    await keepLatest(connection, staged, columns, suspects, by)
    await findMet(connection, base, targets, by)
    const counts = await countLatest(connection)
    const { added, changed, removed } = counts
    const told = { schema: fields.map(schemaOf), rowsRejected, added, changed, removed, idle: staged.table.rows - rowsRejected - added - changed - removed }
    if (added + changed + removed === 0) return { ...told, files: [], rowsStored: 0 }
    await copyMerged(connection, base, targets, temporary, counts.met > 0)
    const [[rows] = []] = await rowsOf(connection, `SELECT num_rows FROM parquet_file_metadata(${literal(temporary)})`)
    const file = { path, rows: Number(rows), ...(await finishFile(temporary, path)) }
    return { ...told, files: [file], rowsStored: file.rows }
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  } finally {
    await connection.run('DROP TABLE IF EXISTS temp.latest')
    await connection.run('DROP TABLE IF EXISTS temp.met')
  }
}

/** Which staged column goes into which field. @throws AppError `data-engine/invalid-fields` */
function planned(base: VersionRef | null, { table }: Staged, fields: readonly TypedField[], by: MergeKey): { columns: Column[]; targets: Target[] } {
  const marked = by.deletions === 'marked'
  const names = marked ? table.names.slice(0, -1) : table.names
  const byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]))
  const inBase = new Set(base?.schema.map(({ name }) => name.toLowerCase()))
  const missing = [...names, ...by.key].filter((name) => !byName.has(name.toLowerCase()))
  const keyless = by.key.filter((name) => !names.some((one) => one.toLowerCase() === name.toLowerCase()))
  const narrowed = (base?.schema ?? []).filter((field) => !holds(byName.get(field.name.toLowerCase()), field))
  if (missing.length + keyless.length + narrowed.length > 0 || (marked && table.names.at(-1) !== DELETED_COLUMN)) {
    throw new AppError('data-engine/invalid-fields', { fields: fields.length, columns: table.names.length })
  }
  refuseBadFields(fields, fields.length)
  const columns = names.map((name, index): Column => {
    const field = byName.get(name.toLowerCase())! // looked for above
    const staged = stagedColumn(index)
    const value = valueOf(staged, field.reading, storedType(field))
    return { field, staged, value, trusted: value, misfit: misfitOf(staged, field.reading, value) }
  })
  const targets = fields.map((field): Target => ({
    field, name: identifier(field.name), incoming: columns.find((column) => column.field === field)?.staged, isInBase: inBase.has(field.name.toLowerCase()),
  }))
  return { columns, targets }
}

/** Whether a field of the new version holds all that one of the base may hold. */
function holds(field: TypedField | undefined, older: FieldSchema): boolean {
  if (field === undefined) return false
  if (field.type === 'text') return true
  if (field.type === 'datetime') return older.type === 'datetime' || older.type === 'date'
  if (field.type !== 'decimal') return field.type === older.type
  const size = ({ precision = 38, scale = 0 }: Pick<FieldSchema, 'precision' | 'scale'>) => ({ whole: precision - scale, scale })
  const [mine, its] = [size(field), older.type === 'integer' ? { whole: 16, scale: 0 } : size(older)]
  return (older.type === 'decimal' || older.type === 'integer') && (mine.scale >= its.scale && mine.whole >= its.whole)
}

/** The last row of each key that fits its types; `gone` says that the key left. */
async function keepLatest(connection: DuckDBConnection, { table }: Staged, columns: readonly Column[], suspects: readonly Column[], by: MergeKey): Promise<void> {
  const values = columns.map(({ field, staged, value }) => `CAST(${value} AS ${storedType(field)}) AS ${staged}`)
  const gone = by.deletions === 'marked' ? `coalesce(${stagedColumn(columns.length)} = '1', false)` : 'false'
  const where = suspects.length === 0 ? '' : ` WHERE NOT (${suspects.map(({ misfit }) => misfit).join(' OR ')})`
  const key = columns.filter(({ field }) => by.key.some((name) => name.toLowerCase() === field.name.toLowerCase())).map(({ staged }) => staged)
  await connection.run(
    `CREATE TEMP TABLE latest AS SELECT * FROM (SELECT _line, ${gone} AS gone, ${values.join(', ')} FROM ${stagedSource(table)}${where})
      ${key.length === 0 ? '' : `QUALIFY row_number() OVER (PARTITION BY ${key.join(', ')} ORDER BY _line DESC) = 1`}`,
  )
}

async function findMet(connection: DuckDBConnection, base: VersionRef | null, targets: readonly Target[], by: MergeKey): Promise<void> {
  if (base === null || by.key.length === 0) {
    await connection.run('CREATE TEMP TABLE met (_line BIGINT, place BIGINT, _row BIGINT, same BOOLEAN)')
    return
  }
  const keys = targets.filter(({ field }) => by.key.some((name) => name.toLowerCase() === field.name.toLowerCase()))
  const same = keys.map(({ field, name, incoming, isInBase }) => `${isInBase ? `CAST(b.${name} AS ${storedType(field)})` : 'NULL'} IS NOT DISTINCT FROM l.${incoming}`)
  const equal = targets.map(({ field, name, incoming, isInBase }) =>
    `${isInBase ? `CAST(b.${name} AS ${storedType(field)})` : 'NULL'} IS NOT DISTINCT FROM ${incoming === undefined ? 'NULL' : `l.${incoming}`}`)
  const row = `b.${identifier(ROW_COLUMN)}`
  await connection.run(
    `CREATE TEMP TABLE met AS SELECT l._line, min(${row}) OVER (PARTITION BY l._line) AS place, ${row} AS _row,
        NOT l.gone AND count(*) OVER (PARTITION BY l._line) = 1 AND ${equal.join(' AND ')} AS same
      FROM ${versionSource(base)} AS b JOIN latest AS l ON ${same.join(' AND ')}`,
  )
  await connection.run('DELETE FROM latest WHERE _line IN (SELECT _line FROM met WHERE same)')
  await connection.run('DELETE FROM met WHERE same')
}

async function countLatest(connection: DuckDBConnection): Promise<{ added: number; changed: number; removed: number; met: number }> {
  const [row = []] = await rowsOf(connection,
    `SELECT count(*) FILTER (NOT gone AND m._line IS NULL), count(*) FILTER (NOT gone AND m._line IS NOT NULL), count(*) FILTER (gone AND m._line IS NOT NULL),
      (SELECT count(*) FROM met) FROM latest AS l LEFT JOIN (SELECT DISTINCT _line FROM met) AS m ON m._line = l._line`)
  const [added = 0, changed = 0, removed = 0, met = 0] = row.map(Number)
  return { added, changed, removed, met }
}

/** Without a key that was there already the rows come in order as they are; else they are put in order. */
async function copyMerged(connection: DuckDBConnection, base: VersionRef | null, targets: readonly Target[], path: string, hasMet: boolean): Promise<void> {
  const row = identifier(ROW_COLUMN)
  const kept = targets.map(({ field, name, isInBase }) => `CAST(${isInBase ? `b.${name}` : 'NULL'} AS ${storedType(field)}) AS ${name}`)
  const come = targets.map(({ field, name, incoming }) => `CAST(${incoming === undefined ? 'NULL' : `l.${incoming}`} AS ${storedType(field)}) AS ${name}`)
  const old = base === null ? [] : [`SELECT b.${row} AS "_place", ${kept.join(', ')} FROM ${versionSource(base)} AS b${hasMet ? ` WHERE b.${row} NOT IN (SELECT _row FROM met)` : ''}`]
  const places = hasMet ? `coalesce(m.place, ${BEHIND} + l._line)` : `${BEHIND} + l._line`
  const beside = hasMet ? ' LEFT JOIN (SELECT DISTINCT _line, place FROM met) AS m ON m._line = l._line' : ''
  const parts = [...old, `SELECT ${places} AS "_place", ${come.join(', ')} FROM (SELECT * FROM latest WHERE NOT gone ORDER BY _line) AS l${beside}`]
  const names = targets.map(({ name }) => name).join(', ')
  const number = hasMet ? 'row_number() OVER (ORDER BY "_place") - 1' : 'row_number() OVER () - 1'
  const select = `SELECT CAST(${number} AS BIGINT) AS ${row}, ${names} FROM (${parts.join(' UNION ALL ')})${hasMet ? ` ORDER BY ${row}` : ''}`
  await connection.run(`COPY (${select}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`)
}
