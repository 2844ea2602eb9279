import type { FieldSchema } from '@datong/data-engine'
import type pg from 'pg'
import type { Continuation, StoredChange } from '../../collection/index.ts'
import { columnType } from '../serving/serving-sql.ts'
import { cellOf, liveColumnType, Unfit } from './live-cells.ts'

/** The end of a row that has none. */
const NEVER = '9223372036854775807'

/** A serving table that follows a capture, as far as it has come. */
export interface LiveRegister {
  readonly table: string
  readonly fields: readonly FieldSchema[]
  readonly key: readonly string[]
  /** Names of the texts of a change's row, in their order. */
  readonly sourceColumns: readonly string[]
  /** The last change that is in it. */
  readonly through: number
  /** Place of the next row that is new. */
  readonly nextRow: number
}

/** Each row lives from one change to another: rows as of any change since the version can be read. */
export const LIVE_COLUMNS = (base: number): string[] => ['_row bigint', `_from bigint not null default ${base}`, `_to bigint not null default ${NEVER}`]

export const liveType = (field: FieldSchema): string => liveColumnType(field, columnType(field))

/** Whether a version's rows can follow a capture: its fields are columns of the source, its key among them. */
export const canFollow = (fields: readonly FieldSchema[], { columns, key }: Pick<Continuation, 'columns' | 'key'>): boolean =>
  fields.every(({ name }) => columns.includes(name)) && key.every((name) => fields.some((field) => field.name === name))

/** Indexes by place, by key of the rows as they are now, and, small ones, by the states since the version in which rows began and ended. @throws Error of PostgreSQL when keys stand twice */
export async function indexLive(client: pg.ClientBase, { table, fields, key }: Pick<LiveRegister, 'table' | 'fields' | 'key'>, base: number): Promise<void> {
  await client.query(`alter table serving.${table} add primary key (_row, _from)`)
  await client.query(`create index on serving.${table} (_from) where _from > ${base}`)
  await client.query(`create index on serving.${table} (_to) where _to <> ${NEVER}`)
  await client.query(`create unique index on serving.${table} (${keyColumns(fields, key).map(({ column }) => column).join(', ')}) where _to = ${NEVER}`)
}

const keyColumns = (fields: readonly FieldSchema[], key: readonly string[]): { column: string; field: FieldSchema; at: number }[] =>
  key.map((name, at) => {
    const place = fields.findIndex((field) => field.name === name)
    return { column: `c${place}`, field: fields[place]!, at } // asked before: canFollow
  })

/**
 * Brings changes into a live table, in the caller's transaction: rows that they end stay as they were, for who reads as of an earlier
 * change; a row that is changed keeps its place.
 * @returns the register as it is then
 * @throws Unfit
 */
export async function applyChanges(client: pg.ClientBase, register: LiveRegister, changes: readonly StoredChange[]): Promise<LiveRegister> {
  const { table, fields, key, sourceColumns } = register
  const through = changes.at(-1)?.seq ?? register.through
  if (through === register.through) return register
  const { last, isEmptied } = lastOfEach(changes)
  const keys = keyColumns(fields, key)
  const given = [...last.values()]
  if (isEmptied) await client.query(`update serving.${table} set _to = $1 where _to = ${NEVER}`, [through])
  const keyTexts = keys.map(({ field, at }) => given.map((change) => cellOf(field, change.key[at] ?? null)))
  const places = await ended(client, table, keys, keyTexts, through)

  const present = given.flatMap(({ row }, index) => (row === null ? [] : [{ row, index }]))
  let { nextRow } = register
  const rows = present.map(({ index }) => places.get(index + 1) ?? nextRow++)
  if (present.length > 0) {
    const sources = fields.map(({ name }) => sourceColumns.indexOf(name))
    const texts = fields.map((field, column) => present.map(({ row }) => cellOf(field, row[sources[column]!] ?? null))) // a source for each field
    const names = fields.map((_, column) => `v${column}`)
    await query(client,
      `insert into serving.${table} (_row, _from, ${fields.map((_, column) => `c${column}`).join(', ')})
       select r, $2, ${fields.map((field, column) => `v${column}::${liveType(field)}`).join(', ')}
       from unnest($1::bigint[], ${names.map((_, column) => `$${column + 3}::text[]`).join(', ')}) as t (r, ${names.join(', ')})`,
      [rows, through, ...texts])
  }
  return { ...register, through, nextRow }
}

function lastOfEach(changes: readonly StoredChange[]): { last: Map<string, StoredChange>; isEmptied: boolean } {
  const last = new Map<string, StoredChange>()
  let isEmptied = false
  for (const change of changes) {
    if (change.op === 't') {
      last.clear()
      isEmptied = true
    } else last.set(JSON.stringify(change.key), change)
  }
  return { last, isEmptied }
}

/** Ends the rows of these keys. @returns their places, by number of the key from 1 */
async function ended(client: pg.ClientBase, table: string, keys: ReturnType<typeof keyColumns>, texts: readonly (readonly (string | null)[])[], through: number): Promise<Map<number, number>> {
  const names = keys.map((_, index) => `k${index}`)
  const { rows } = await query<{ row: number; n: number }>(client,
    `update serving.${table} as t set _to = $1 from unnest(${names.map((_, index) => `$${index + 2}::text[]`).join(', ')}) with ordinality as g (${names.join(', ')}, n)
     where ${keys.map(({ column, field }, index) => `t.${column} = g.k${index}::${liveType(field)}`).join(' and ')} and t._to = ${NEVER} returning t._row as row, g.n::int as n`,
    [through, ...texts])
  return new Map(rows.map(({ row, n }) => [n, row]))
}

/** @throws Unfit for PostgreSQL's class 22: a value that does not fit */
async function query<R extends pg.QueryResultRow>(client: pg.ClientBase, text: string, values: unknown[]): Promise<pg.QueryResult<R>> {
  try {
    return await client.query<R>(text, values)
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('22')) throw new Unfit()
    throw error
  }
}
