import type { FieldSchema } from '@datong/data-engine'
import type { Db, Trx } from '@datong/metadata-store'
import { sql } from 'kysely'
import { liveType } from '../live/live-table.ts'
import { haveSameFields } from './compare-versions.ts'
import type { ChangeSet } from './tables.ts'

/** The newest serving table of an entry, which follows a capture. */
export interface LiveTableRow {
  readonly table: string
  readonly version: number
  readonly fields: readonly FieldSchema[]
  readonly key: readonly string[]
  readonly captureId: string
  readonly epoch: number
  /** The version itself, and the newest state. */
  readonly base: number
  readonly through: number
  readonly rowCount: number
}

/** The end of a row that has none. */
const NEVER = sql.raw('9223372036854775807')

/** None when the newest table follows nothing. */
export async function newestLive(trx: Db | Trx, entryCode: string): Promise<LiveTableRow | undefined> {
  const { rows: [row] } = await sql<{
    table_name: string; version: number; columns: FieldSchema[]; key: string[] | null; capture_id: string | null; epoch: number | null; base: number | null; through: number | null; row_count: number
  }>`select table_name, version, columns, key, capture_id, epoch, base, through, row_count from delivery.serving where entry_code = ${entryCode} order by built_at desc limit 1`.execute(trx)
  if (row === undefined || row.capture_id === null || row.key === null || row.epoch === null || row.base === null || row.through === null) return undefined
  return { table: row.table_name, version: row.version, fields: row.columns, key: row.key, captureId: row.capture_id, epoch: row.epoch, base: row.base, through: row.through, rowCount: row.row_count }
}

/** Whether changes of a live table can lead a feed on that names rows by a field: the capture knows rows by the same. */
export const canLead = ({ key }: Pick<LiveTableRow, 'key'>, keyField: string | null): boolean => keyField !== null && key.length === 1 && key[0] === keyField

/**
 * Adds what changed in a live table since a state of it, each row once, in the order in which it came to be as it is.
 * @returns how many there were
 */
export async function addSince(trx: Trx, entryCode: string, first: number, live: LiveTableRow, state: number): Promise<number> {
  const table = sql.table(`serving.${live.table}`)
  const [cells, key] = [cellsOf(live.fields), keyOf(live)]
  const [from, to] = [sql`${state}::bigint`, sql`${live.through}::bigint`]
  return add(trx, entryCode, first,
    sql`select ${key} as k, ${cells} as cells, _to as at, _row from ${table} where _to > ${from} and _to <= ${to} and _to <> ${NEVER} and _from <= ${from}`,
    sql`select ${key} as k, ${cells} as cells, _from as at, _row from ${table} where _from > ${from} and _from <= ${to} and _to > ${to} and _from > ${sql.raw(String(live.base))}`)
}

/**
 * Adds what is otherwise in a live table than it was in the one before as of a state: the two count states in other steps, so they
 * are held against each other whole. @returns how many there were; undefined when the one before is gone, or has other fields
 */
export async function addAcross(trx: Trx, entryCode: string, first: number, last: ChangeSet, live: LiveTableRow): Promise<number | undefined> {
  const { table_name: name, to_state: state, fields } = last
  if (name === null || state === null || fields === null || !haveSameFields(fields, live.fields)) return undefined
  // Whoever takes it away waits until this has been read.
  const { rows } = await sql`select 1 from delivery.serving where entry_code = ${entryCode} and table_name = ${name} for share`.execute(trx)
  if (rows.length === 0) return undefined
  const before = { table: name, fields, key: live.key }
  const [from, to] = [sql`${state}::bigint`, sql`${live.through}::bigint`]
  const places = live.fields.map((field) => fields.findIndex((one) => one.name === field.name))
  return add(trx, entryCode, first,
    sql`select ${keyOf(before)} as k, ${cellsOf(live.fields, places)} as cells, _from as at, _row from ${sql.table(`serving.${name}`)} where _from <= ${from} and _to > ${from}`,
    sql`select ${keyOf(live)} as k, ${cellsOf(live.fields)} as cells, _from as at, _row from ${sql.table(`serving.${live.table}`)} where _from <= ${to} and _to > ${to}`)
}

type Rows = ReturnType<typeof sql>

async function add(trx: Trx, entryCode: string, first: number, before: Rows, after: Rows): Promise<number> {
  const { rows: [found] } = await sql<{ count: number }>`
    with before as materialized (${before}), after as materialized (${after}), added as (
      insert into delivery.change (entry_code, position, before_cells, after_cells)
      select ${entryCode}, ${first}::bigint - 1 + row_number() over (order by coalesce(after.at, before.at), coalesce(after._row, before._row)), before.cells, after.cells
      from before full join after using (k) where before.cells is distinct from after.cells returning 1)
    select count(*)::int as count from added`.execute(trx)
  return found?.count ?? 0
}

const columnAt = (place: number) => sql.raw(`c${place}`)
const keyOf = ({ fields, key }: Pick<LiveTableRow, 'fields' | 'key'>) => columnAt(fields.findIndex(({ name }) => name === key[0]))

/** The texts of a row, from columns at given places; numbers without the zeros behind them, which a version may have more or fewer of. */
const cellsOf = (fields: readonly FieldSchema[], places: readonly number[] = fields.map((_, place) => place)) =>
  sql`array[${sql.join(fields.map(({ type }, index) => (type === 'decimal' ? sql`trim_scale(${columnAt(places[index]!)})::text` : sql`${columnAt(places[index]!)}::text`)))}]::text[]`

/** Rows of a stretch of states as a subquery with a column `c<index>` for each field; `side` is `b` before, `a` after. */
export const stretchOf = (fields: readonly FieldSchema[]): string => {
  const columns = (cells: string): string => fields.map((field, index) => `${cells}[${index + 1}]::${liveType(field)} as c${index}`).join(', ')
  const side = (name: string, cells: string): string => `select position, '${name}' as side, ${columns(cells)} from delivery.change where entry_code = $1 and position > $2 and position <= $3 and ${cells} is not null`
  return `(${side('b', 'before_cells')} union all ${side('a', 'after_cells')}) as r`
}
