import { createHash } from 'node:crypto'
import { type Column, ID_COLUMN } from './columns.ts'
import { type Connection, PushRefused } from './target-database.ts'

/** How far a push is, as the consumer's own database keeps it: written in the same transaction as the rows. */
export interface Progress {
  readonly phase: 'starting' | 'loading' | 'done'
  /** Of grant, fields, masks and row filter: under another one everything is pushed anew. */
  readonly fingerprint: string
  readonly version: number
  /** Loading: the last row loaded. Done: the position in the feed of changes that the table is at. */
  readonly position: number
  readonly rows: number
  /** Chain over all batches: SHA-256 of the one before and the batch. */
  readonly digest: string
}

/** A row of a push: its id, then a value for each column; without values it is to go. */
export interface PushRow {
  readonly id: string
  readonly values: readonly (string | null)[] | null
}

const PROGRESS = 'datong_push'
const MOST_PARAMETERS = 30_000
const MOST_ROWS = 1_000

/** The consumer's table and what Datong keeps beside it. */
export function createConsumerTable(connection: Connection, targetId: string, table: string, columns: readonly Column[]) {
  const { dialect, query } = connection
  const staging = `${table}__datong`
  const names = [ID_COLUMN, ...columns.map(({ name }) => name)]
  const list = names.map((name) => dialect.quote(name)).join(', ')

  const definition = (name: string, ending: string): string =>
    `create table ${dialect.quote(name)} (${[`${dialect.quote(ID_COLUMN)} ${dialect.idType} not null primary key`, ...columns.map((column) => `${dialect.quote(column.name)} ${dialect.typeOf(column)}`)].join(', ')}) ${ending}`

  async function insert(into: string, rows: readonly PushRow[], ending: string): Promise<void> {
    let n = 0
    const tuples = rows.map(() => `(${names.map(() => dialect.parameter(++n)).join(', ')})`)
    await query(`insert into ${dialect.quote(into)} (${list}) values ${tuples.join(', ')} ${ending}`, rows.flatMap(({ id, values }) => [id, ...(values ?? [])]))
  }

  /** @throws Error when another process moved the push meanwhile; nothing of the transaction stays */
  async function advance(before: Progress, after: Progress): Promise<void> {
    const p = (n: number): string => dialect.parameter(n)
    const { affected } = await query(
      `update ${PROGRESS} set phase = ${p(1)}, version = ${p(2)}, position = ${p(3)}, rows_pushed = ${p(4)}, digest = ${p(5)}, fingerprint = ${p(6)}
       where target_id = ${p(7)} and phase = ${p(8)} and position = ${p(9)} and digest = ${p(10)}`,
      [after.phase, after.version, after.position, after.rows, after.digest, after.fingerprint, targetId, before.phase, before.position, before.digest])
    if (affected !== 1) throw new Error('another process pushes to this table')
  }

  return {
    /** Rows of one batch. */
    batchRows: Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_PARAMETERS / names.length))),

    async progress(): Promise<Progress | undefined> {
      await query(`create table if not exists ${PROGRESS} (target_id varchar(36) not null primary key, phase varchar(16) not null, fingerprint varchar(64) not null,
        version bigint not null, position bigint not null, rows_pushed bigint not null, digest varchar(64) not null) ${dialect.tableOptions}`)
      const { rows } = await query(`select phase, fingerprint, version, position, rows_pushed, digest from ${PROGRESS} where target_id = ${dialect.parameter(1)}`, [targetId])
      const row = rows[0]
      return row && {
        phase: String(row['phase']) as Progress['phase'], // we wrote it
        fingerprint: String(row['fingerprint']), version: Number(row['version']), position: Number(row['position']), rows: Number(row['rows_pushed']), digest: String(row['digest']),
      }
    },

    /**
     * Empties the place where rows are loaded, and makes the table when it may.
     * @throws PushRefused `table-missing`, `table-not-empty`
     */
    async begin(before: Progress | undefined, start: Progress, may: { readonly create: boolean; readonly replace: boolean }): Promise<Progress> {
      const there = Number((await query(dialect.countTables, [table])).rows[0]?.['n']) > 0
      if (!there && !may.create) throw new PushRefused('table-missing')
      // What we put there ourselves may always be replaced.
      if (there && before === undefined && !may.replace && (await query(`select 1 from ${dialect.quote(table)} limit 1`)).rows.length > 0) throw new PushRefused('table-not-empty')
      const starting: Progress = { ...start, phase: 'starting' }
      if (before === undefined) {
        const p = [1, 2, 3, 4, 5, 6, 7].map((n) => dialect.parameter(n)).join(', ')
        await query(`insert into ${PROGRESS} (target_id, phase, fingerprint, version, position, rows_pushed, digest) values (${p})`,
          [targetId, starting.phase, starting.fingerprint, starting.version, starting.position, starting.rows, starting.digest])
      } else await advance(before, starting)
      if (!there) await query(definition(table, dialect.tableOptions))
      await query(`drop table if exists ${dialect.quote(staging)}`)
      await query(definition(staging, dialect.tableOptions))
      const loading: Progress = { ...start, phase: 'loading' }
      await advance(starting, loading)
      return loading
    },

    /** Adds a batch to what is being loaded. */
    async load(before: Progress, rows: readonly PushRow[], position: number): Promise<Progress> {
      const after: Progress = { ...before, position, rows: before.rows + rows.length, digest: chained(before.digest, rows) }
      await connection.transaction(async () => {
        await advance(before, after)
        await insert(staging, rows, '')
      })
      return after
    },

    /** Puts everything that was loaded in the place of what the table held, in one transaction. */
    async swap(before: Progress, position: number): Promise<Progress> {
      const after: Progress = { ...before, phase: 'done', position }
      await connection.transaction(async () => {
        await advance(before, after)
        await query(`delete from ${dialect.quote(table)}`)
        await query(`insert into ${dialect.quote(table)} (${list}) select ${list} from ${dialect.quote(staging)}`)
      })
      return after
    },

    /** Removes what a push that was broken off left. */
    async tidy(): Promise<void> {
      await query(`drop table if exists ${dialect.quote(staging)}`)
    },

    /** Applies changes by id: replaces, adds, removes. */
    async change(before: Progress, rows: readonly PushRow[], position: number, version: number): Promise<Progress> {
      const after: Progress = { ...before, position, version, rows: before.rows + rows.length, digest: rows.length === 0 ? before.digest : chained(before.digest, rows) }
      const [gone, kept] = [rows.filter(({ values }) => values === null), rows.filter(({ values }) => values !== null)]
      await connection.transaction(async () => {
        await advance(before, after)
        if (gone.length > 0) await query(`delete from ${dialect.quote(table)} where ${dialect.quote(ID_COLUMN)} in (${gone.map((_, n) => dialect.parameter(n + 1)).join(', ')})`, gone.map(({ id }) => id))
        if (kept.length > 0) await insert(table, kept, dialect.onSameId(columns.map(({ name }) => name)))
      })
      return after
    },
  }
}

export type ConsumerTable = ReturnType<typeof createConsumerTable>

const chained = (digest: string, rows: readonly PushRow[]): string => createHash('sha256').update(digest).update(JSON.stringify(rows)).digest('base64url')
