import { type DataEngine, type FieldSchema, ROW_COLUMN } from '@datong/data-engine'
import { notify, sqlState, type Store, withTables } from '@datong/metadata-store'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql, type SqlBool } from 'kysely'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { PLANS_CHANNEL } from '../../sharing/index.ts'
import type { Captured, Continuation } from '../../collection/index.ts'
import type { LakeVersion } from '../deps.ts'
import { Unfit } from '../live/live-cells.ts'
import type { LiveStates } from '../live/live-states.ts'
import { applyChanges, canFollow, indexLive, LIVE_COLUMNS, type LiveRegister, liveType } from '../live/live-table.ts'
import { makeKeyIndex } from '../verification/key-index.ts'
import { copyText } from './copy-text.ts'
import type { ServingTable } from '../plan/plan.ts'
import { createReadBatches } from './read-batches.ts'
import { columnType } from './serving-sql.ts'
import type { DeliveryTables } from '../tables.ts'

/** PostgreSQL's limit is 1,600 columns; wider versions, and longer ones, are read from the lake alone. */
const MAX_COLUMNS = 1_500
const MAX_ROWS = 20_000_000

/** Unique violation, limit exceeded. */
const NO_KEY: ReadonlySet<string> = new Set(['23505', '54000'])

/** What continues a version, and where its changes are. */
export interface Following {
  readonly continuation: Continuation
  readonly changes: Captured['changes']
}

/** Keyed rows in PostgreSQL: one table for the current version of each delivered resource. */
export function createServingStore(store: Store, states: LiveStates) {
  const tables = withTables<DeliveryTables>(store.db)

  async function dropTables(entryCode: string, onlyLive: boolean): Promise<void> {
    await store.db.transaction().execute(async (trx) => {
      let gone = withTables<DeliveryTables>(trx).deleteFrom('delivery.serving').where('entry_code', '=', entryCode)
      if (onlyLive) gone = gone.where('capture_id', 'is not', null)
      for (const { table_name } of await gone.returning('table_name').execute()) await sql`drop table serving.${sql.id(table_name)}`.execute(trx)
      await notify(trx, PLANS_CHANNEL, JSON.stringify({ entry: entryCode }))
    })
  }

  return {
    async find(entryCode: string, version: Pick<LakeVersion, 'number'>): Promise<ServingTable | null> {
      const row = await tables.selectFrom('delivery.serving').selectAll()
        .where('entry_code', '=', entryCode).where('version', '=', version.number).executeTakeFirst()
      if (row === undefined) return null
      return {
        name: row.table_name,
        columns: new Map(row.columns.map((field, index) => [field.name, `c${index}`])),
        indexed: new Set(row.indexed),
        rowCount: row.row_count,
        live: row.base === null || row.through === null ? null : { base: row.base, through: states.of(entryCode, row.table_name, row.through) },
      }
    },

    /** The version of the table in use when it is a live one, of a version before this one; else null. */
    async liveBefore(entryCode: string, number: number): Promise<number | null> {
      const row = await tables.selectFrom('delivery.serving').select('version').where('entry_code', '=', entryCode).where('version', '<', number)
        .where('capture_id', 'is not', null)
        .where(sql<SqlBool>`built_at = (select max(built_at) from delivery.serving where entry_code = ${entryCode})`).executeTakeFirst()
      return row?.version ?? null
    },

    /**
     * Builds the serving table of a version beside the one in use and puts it in its place, in one transaction: a crash
     * leaves the old one. About 100,000 rows a second; memory is one batch. A table that follows changes comes up to those of the one
     * that it replaces, which stays until the next one, for those who are reading it.
     * @param indexes `keys`: fields to index in any case, the identifier and numbers that people look rows up by; `identifying`: text fields that
     *   are looked up however they are written, indexed before the table is in use, for changes wait meanwhile
     * @param following what continues the version; `over` leaves a table as it is that followed it so far
     */
    async build(entryCode: string, version: LakeVersion, indexes: { readonly keys: readonly string[]; readonly identifying: readonly string[] }, engine: DataEngine, following: Following | 'over' | null): Promise<void> {
      if (version.fields.length > MAX_COLUMNS || version.rowCount > MAX_ROWS) return this.dropLive(entryCode)
      const followed = following !== null && following !== 'over' && canFollow(version.fields, following.continuation) ? following : null
      const name = `r_${entryCode.replace('-', '_')}_v${version.number}_${randomBytes(3).toString('hex')}`
      const client = await store.pool.connect()
      let failure: Error | undefined
      try {
        await client.query('begin')
        await client.query('set local statement_timeout = 0')
        await client.query('select pg_advisory_xact_lock(hashtext($1))', [`serving ${entryCode}`])
        const { rowCount: ready } = await client.query(
          'select 1 from delivery.serving where entry_code = $1 and version = $2 and ($5 or (capture_id is not distinct from $3 and epoch is not distinct from $4))',
          [entryCode, version.number, followed?.continuation.captureId ?? null, followed?.continuation.epoch ?? null, following === 'over'])
        if (ready === 0) {
          await fill(client, name, version, engine, followed)
          const indexed = await index(client, name, version.fields, indexes.keys)
          for (const [place, field] of version.fields.entries()) if (indexes.identifying.includes(field.name) && field.type === 'text') await makeKeyIndex(client, name, `c${place}`)
          const live = followed === null ? null : await bringUp(client, entryCode, { table: name, version, following: followed })
          for (const table of await replaced(client, entryCode, version.number)) await client.query(`drop table serving.${client.escapeIdentifier(table)}`)
          await client.query(
            `insert into delivery.serving (entry_code, version, table_name, columns, indexed, row_count, built_at, capture_id, epoch, key, source_columns, base, through, next_row, stuck_at)
             values ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7, $8, $9, $10, $11, $12, $13, $14)`,
            [entryCode, version.number, name, JSON.stringify(version.fields), indexed, version.rowCount, followed?.continuation.captureId, followed?.continuation.epoch,
              followed?.continuation.key, followed?.continuation.columns, followed?.continuation.seq, live?.through, live?.nextRow, live?.stuckAt])
          await client.query('select pg_notify($1, $2)', [PLANS_CHANNEL, JSON.stringify({ entry: entryCode })])
        }
        await client.query('commit')
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error))
        await client.query('rollback').catch(() => undefined)
        // Keys that stand twice, or are longer than an index takes: the version is served as it stands.
        if (followed !== null && NO_KEY.has(sqlState(error) ?? '')) return await this.build(entryCode, version, indexes, engine, null)
        throw error
      } finally {
        client.release(failure)
      }
    },

    /** Tells every process that the entry's plans are out of date. */
    async notifyChanged(entryCode: string): Promise<void> {
      await notify(store.db, PLANS_CHANNEL, JSON.stringify({ entry: entryCode }))
    },

    /** Removes live tables of an entry that has become too large for one. */
    dropLive: (entryCode: string): Promise<void> => dropTables(entryCode, true),

    /** Removes the tables of an entry that is not delivered any more. */
    drop: (entryCode: string): Promise<void> => dropTables(entryCode, false),

    /** Runs a read that its caller prepared, as a named statement: PostgreSQL parses each shape once a connection. */
    async read(name: string, { text, values }: { readonly text: string; readonly values: readonly unknown[] }): Promise<unknown[][]> {
      const result = await store.pool.query<unknown[]>({ name, text, values: [...values], rowMode: 'array' })
      return result.rows
    },

    /** Reads of prepared shapes, many calls at a time. */
    readShape: createReadBatches(store.pool).read,
  }
}

async function fill(client: pg.PoolClient, name: string, version: LakeVersion, engine: DataEngine, following: Following | null): Promise<void> {
  const places = following === null ? ['_row bigint primary key'] : LIVE_COLUMNS(following.continuation.seq)
  const columns = version.fields.map((field, index) => `c${index} ${following === null ? columnType(field) : liveType(field)}`)
  await client.query(`create table serving.${name} (${[...places, ...columns].join(', ')})`)
  const plan = { columns: [ROW_COLUMN, ...version.fields.map((field) => field.name)] }
  const batches = engine.query({ files: version.files, schema: version.fields }, plan)
  const copied = ['_row', ...version.fields.map((_, index) => `c${index}`)].join(', ')
  await pipeline(Readable.from(copyText(batches), { objectMode: false }), client.query(copyStreams.from(`copy serving.${name} (${copied}) from stdin`)))
  if (following !== null) await indexLive(client, { table: name, fields: version.fields, key: following.continuation.key }, following.continuation.seq)
}

/** Changes that a table under construction takes at a time. */
const AT_A_TIME = 5_000
/** So few are left that the old table may stand still meanwhile; after so many rounds it must. */
const FEW = 200
const MOST_ROUNDS = 50

/**
 * Brings a new table up to what has been taken: most of it while the old one still moves on, the last of it while that one stands
 * still, so that nobody sees rows go back.
 */
async function bringUp(
  client: pg.PoolClient, entryCode: string, { table, version, following: { continuation, changes } }: { table: string; version: LakeVersion; following: Following },
): Promise<Pick<LiveRegister, 'through' | 'nextRow'> & { readonly stuckAt: number | null }> {
  const { captureId, epoch, seq, key, columns } = continuation
  let register: LiveRegister = { table, fields: version.fields, key, sourceColumns: columns, through: seq, nextRow: version.rowCount }
  for (let round = 1, isLast = false; ; round++) {
    const next = await changes(captureId, epoch, register.through, AT_A_TIME)
    if (next.length === 0 && isLast) return { ...register, stuckAt: null }
    if (!isLast && (next.length < FEW || round > MOST_ROUNDS)) {
      await client.query('select 1 from delivery.serving where entry_code = $1 for update', [entryCode])
      isLast = true
    }
    await client.query('savepoint changes')
    try {
      register = await applyChanges(client, register, next)
      await client.query('release savepoint changes')
    } catch (error) {
      if (!(error instanceof Unfit)) throw error
      await client.query('rollback to savepoint changes')
      return { ...register, stuckAt: register.through }
    }
  }
}

/** Takes the tables out of the register that a new one replaces; a live one that was in use stays for a while. @returns their names */
async function replaced(client: pg.PoolClient, entryCode: string, version: number): Promise<string[]> {
  const { rows } = await client.query<{ table_name: string }>(
    `delete from delivery.serving where entry_code = $1 and not (version <> $2 and capture_id is not null
       and built_at = (select max(built_at) from delivery.serving where entry_code = $1)) returning table_name`, [entryCode, version])
  return rows.map(({ table_name }) => table_name)
}

/** Beyond this many indexes a table costs more to build than it saves. */
const MAX_INDEXES = 16
/** A value that stands in fewer rows than this share is worth an index. */
const SELECTIVE_SHARE = 0.002

/** Indexes the named keys, and every field whose values are rare enough that people look rows up by them. */
async function index(client: pg.PoolClient, name: string, fields: readonly FieldSchema[], keys: readonly string[]): Promise<string[]> {
  await client.query(`analyze serving.${name}`)
  const { rows } = await client.query<{ attname: string; n_distinct: number }>(
    `select attname, n_distinct from pg_stats where schemaname = 'serving' and tablename = $1`, [name])
  // PostgreSQL tells many distinct values as a negative share of the rows.
  const distinct = new Map(rows.map((row) => [row.attname, row.n_distinct < 0 ? Infinity : row.n_distinct]))
  const isSelective = (position: number): boolean => (distinct.get(`c${position}`) ?? 0) >= 1 / SELECTIVE_SHARE
  const indexed: string[] = []
  for (const [position, field] of fields.entries()) {
    const wanted = keys.includes(field.name) || (indexed.length < MAX_INDEXES && field.type !== 'decimal' && isSelective(position))
    if (!wanted) continue
    // Hash indexes take values of any length, where a b-tree refuses those over 2,704 bytes.
    await client.query(field.type === 'text' ? `create index on serving.${name} using hash (c${position})` : `create index on serving.${name} (c${position})`)
    indexed.push(field.name)
  }
  return indexed
}

export type ServingStore = ReturnType<typeof createServingStore>
