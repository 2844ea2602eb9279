import { type Comparison, type ComparisonOrder, type FieldSchema, ROW_COLUMN, type VersionRef } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { DuckDBConnection } from '@duckdb/node-api'
import { versionSource } from './read-rows.ts'
import { rowsOf } from './session.ts'
import { identifier } from './sql.ts'

/** A field that both versions have; of two types, its texts are compared. */
interface Common {
  readonly name: string
  readonly retyped: boolean
}

/** Counts how often rows that are alike stand before this one, so that each is matched once. */
const ORDINAL = 'ordinal'

/**
 * Joins two versions by key, once for the figures and once for each kind of difference of which places are told.
 * @throws AppError `data-engine/key-not-unique`, `data-engine/invalid-plan` for a key that not both have
 */
export async function compare(connection: DuckDBConnection, before: VersionRef, after: VersionRef, { key, sample }: ComparisonOrder): Promise<Comparison> {
  const common = commonFields(before.schema, after.schema)
  const keyed = key.map((name) => common.find((field) => field.name === name))
  if (keyed.includes(undefined) || common.length === 0) throw new AppError('data-engine/invalid-plan', {}, [{ pointer: '/key', code: 'unknown-field', message: 'The key is not in both versions.' }])
  const byRow = key.length === 0
  if (!byRow) await requireUnique(connection, before, after, key)
  const values = byRow ? [] : common.filter(({ name }) => !key.includes(name))
  const matched = byRow ? common : common.filter(({ name }) => key.includes(name))
  const joined = joinOf(sideOf(before, common, byRow), sideOf(after, common, byRow), matched, byRow)

  const differs = values.map((_, index) => `(b.${valueName(index)} IS DISTINCT FROM a.${valueName(index)})`)
  const named = values.map(({ name }, index) => ({ name, index }))
  const sides = joined(named.map(({ name, index }) => [name, valueName(index)]))
  const changed = differs.length === 0 ? 'false' : `(${differs.join(' OR ')})`
  const both = 'b.place IS NOT NULL AND a.place IS NOT NULL'
  const counts = ['b.place IS NULL', 'a.place IS NULL', `${both} AND ${changed}`, `${both} AND NOT ${changed}`, ...differs.map((one) => `${both} AND ${one}`)]
  const [figures = []] = await rowsOf(connection, `SELECT ${counts.map((test) => `count(*) FILTER (${test})`).join(', ')} FROM ${sides}`)
  const [added = 0, removed = 0, changedRows = 0, unchanged = 0, ...byField] = figures.map(Number)

  const places = async (total: number, test: string, by: string): Promise<(readonly number[])[]> =>
    total === 0 || sample === 0 ? [] : (await rowsOf(connection, `SELECT b.place, a.place FROM ${sides} WHERE ${test} ORDER BY ${by} LIMIT ${sample}`)).map((row) => row.map(Number))
  const fresh = await places(added, 'b.place IS NULL', 'a.place')
  const gone = await places(removed, 'a.place IS NULL', 'b.place')
  const other = await places(changedRows, `${both} AND ${changed}`, 'a.place')
  return {
    added, removed, changed: changedRows, unchanged,
    fields: values.map(({ name }, index) => ({ field: name, changed: byField[index] ?? 0 })),
    sample: { added: fresh.map(([, place]) => place!), removed: gone.map(([place]) => place!), changed: other.map(([from, to]) => ({ before: from!, after: to! })) }, // two a row
  }
}

const valueName = (index: number): string => `v${index}`

function commonFields(before: readonly FieldSchema[], after: readonly FieldSchema[]): Common[] {
  const types = new Map(before.map((field) => [field.name, field.type]))
  return after.filter(({ name }) => types.has(name)).map(({ name, type }) => ({ name, retyped: types.get(name) !== type }))
}

const columnOf = ({ name, retyped }: Common): string => (retyped ? `CAST(${identifier(name)} AS VARCHAR)` : identifier(name))

interface Side {
  readonly source: string
  readonly columns: ReadonlyMap<string, string>
  /** SQL of the ordinal; none where rows are matched by key. */
  readonly ordinal: string | null
}

const sideOf = (version: VersionRef, common: readonly Common[], byRow: boolean): Side => ({
  source: versionSource(version),
  columns: new Map(common.map((field) => [field.name, columnOf(field)])),
  ordinal: byRow ? `row_number() OVER (PARTITION BY ${common.map(columnOf).join(', ')} ORDER BY ${identifier(ROW_COLUMN)})` : null,
})

/** FROM of the join, each side with its place, its key and the values asked for. */
const joinOf = (before: Side, after: Side, key: readonly Common[], byRow: boolean) => (values: readonly (readonly [name: string, as: string])[]): string => {
  const select = (side: Side): string => {
    const keys = key.map(({ name }, index) => `${side.columns.get(name)!} AS k${index}`) // common fields are in both
    const others = values.map(([name, as]) => `${side.columns.get(name)!} AS ${as}`)
    return `(SELECT ${[`${identifier(ROW_COLUMN)} AS place`, ...keys, ...others, ...(side.ordinal === null ? [] : [`${side.ordinal} AS ${ORDINAL}`])].join(', ')} FROM ${side.source})`
  }
  const same = [...key.map((_, index) => `b.k${index} IS NOT DISTINCT FROM a.k${index}`), ...(byRow ? [`b.${ORDINAL} = a.${ORDINAL}`] : [])]
  return `${select(before)} b FULL OUTER JOIN ${select(after)} a ON ${same.join(' AND ')}`
}

async function requireUnique(connection: DuckDBConnection, before: VersionRef, after: VersionRef, key: readonly string[]): Promise<void> {
  const doubles = async (version: VersionRef): Promise<number> => {
    const [[count] = []] = await rowsOf(connection, `SELECT count(*) FROM (SELECT 1 FROM ${versionSource(version)} GROUP BY ${key.map(identifier).join(', ')} HAVING count(*) > 1)`)
    return Number(count)
  }
  const found = { before: await doubles(before), after: await doubles(after) }
  if (found.before > 0 || found.after > 0) throw new AppError('data-engine/key-not-unique', found)
}
