import { type DataEngine, type FieldSchema, ROW_COLUMN } from '@datong/data-engine'
import { notify, type Store, withTables } from '@datong/metadata-store'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { PLANS_CHANNEL } from '../../sharing/index.ts'
import type { LakeVersion } from '../deps.ts'
import { copyText } from './copy-text.ts'
import type { ServingTable } from '../plan/plan.ts'
import { createReadBatches } from './read-batches.ts'
import { columnType } from './serving-sql.ts'
import type { DeliveryTables } from '../tables.ts'

/** PostgreSQL's limit is 1,600 columns; wider versions, and longer ones, are read from the lake alone. */
const MAX_COLUMNS = 1_500
const MAX_ROWS = 20_000_000

/** Keyed rows in PostgreSQL: one table for the current version of each delivered resource. */
export function createServingStore(store: Store) {
  const tables = withTables<DeliveryTables>(store.db)

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
      }
    },

    /**
     * Builds the serving table of a version beside the one in use and puts it in its place, in one transaction: a crash
     * leaves the old one. About 100,000 rows a second; memory is one batch.
     * @param keys fields to index in any case: the identifier and numbers that people look rows up by
     */
    async build(entryCode: string, version: LakeVersion, keys: readonly string[], engine: DataEngine): Promise<void> {
      if (version.fields.length > MAX_COLUMNS || version.rowCount > MAX_ROWS) return
      const name = `r_${entryCode.replace('-', '_')}_v${version.number}_${randomBytes(3).toString('hex')}`
      const client = await store.pool.connect()
      let failure: Error | undefined
      try {
        await client.query('begin')
        await client.query('set local statement_timeout = 0')
        await client.query('select pg_advisory_xact_lock(hashtext($1))', [`serving ${entryCode}`])
        const { rowCount: ready } = await client.query('select 1 from delivery.serving where entry_code = $1 and version = $2', [entryCode, version.number])
        if (ready === 0) {
          await fill(client, name, version, engine)
          const indexed = await index(client, name, version.fields, keys)
          const { rows: old } = await client.query<{ table_name: string }>('delete from delivery.serving where entry_code = $1 returning table_name', [entryCode])
          await client.query(
            'insert into delivery.serving (entry_code, version, table_name, columns, indexed, row_count, built_at) values ($1, $2, $3, $4, $5, $6, now())',
            [entryCode, version.number, name, JSON.stringify(version.fields), indexed, version.rowCount],
          )
          for (const { table_name } of old) await client.query(`drop table serving.${client.escapeIdentifier(table_name)}`)
          await client.query('select pg_notify($1, $2)', [PLANS_CHANNEL, JSON.stringify({ entry: entryCode })])
        }
        await client.query('commit')
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error))
        await client.query('rollback').catch(() => undefined)
        throw error
      } finally {
        client.release(failure)
      }
    },

    /** Tells every process that the entry's plans are out of date. */
    async notifyChanged(entryCode: string): Promise<void> {
      await notify(store.db, PLANS_CHANNEL, JSON.stringify({ entry: entryCode }))
    },

    /** Removes the table of an entry that is not delivered any more. */
    async drop(entryCode: string): Promise<void> {
      await store.db.transaction().execute(async (trx) => {
        const rows = await withTables<DeliveryTables>(trx).deleteFrom('delivery.serving').where('entry_code', '=', entryCode).returning('table_name').execute()
        for (const { table_name } of rows) await sql`drop table serving.${sql.id(table_name)}`.execute(trx)
        await notify(trx, PLANS_CHANNEL, JSON.stringify({ entry: entryCode }))
      })
    },

    /** Runs a read that its caller prepared, as a named statement: PostgreSQL parses each shape once a connection. */
    async read(name: string, { text, values }: { readonly text: string; readonly values: readonly unknown[] }): Promise<unknown[][]> {
      const result = await store.pool.query<unknown[]>({ name, text, values: [...values], rowMode: 'array' })
      return result.rows
    },

    /** Reads of one shape, many calls at a time. */
    batches: createReadBatches(store.pool),
  }
}

async function fill(client: pg.PoolClient, name: string, version: LakeVersion, engine: DataEngine): Promise<void> {
  const columns = version.fields.map((field, index) => `c${index} ${columnType(field)}`)
  await client.query(`create table serving.${name} (${['_row bigint primary key', ...columns].join(', ')})`)
  const plan = { columns: [ROW_COLUMN, ...version.fields.map((field) => field.name)] }
  const batches = engine.query({ files: version.files, schema: version.fields }, plan)
  await pipeline(Readable.from(copyText(batches), { objectMode: false }), client.query(copyStreams.from(`copy serving.${name} from stdin`)))
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
