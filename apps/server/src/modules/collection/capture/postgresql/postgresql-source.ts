import { AppError } from '@datong/kernel'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { CapturedColumn, CapturedSource, CapturedTable, TableShape, TableSnapshot } from '../captured-source.ts'
import { lsnText } from './pgoutput.ts'
import { postgresqlStream } from './postgresql-stream.ts'
import { selectedText, textOptions } from './postgresql-texts.ts'
import { readingOf } from '../../connectors/postgresql.ts'

interface Reached {
  /** How to connect to the address that was checked. */
  readonly config: () => Promise<pg.ClientConfig>
  readonly utcOffset: string
  /** What an error of the driver means. */
  readonly explain: (error: unknown) => unknown
}

const quote = (name: string): string => pg.escapeIdentifier(name)
const FETCHED = 5_000
const IN_USE = '55006'
const MOST_TRIES = 100
/** A publication of this name, made by the source's administrator, is used where our user may make none. */
const SHARED_PUBLICATION = 'datong'

const TABLE = `
  select c.oid::text as oid, c.relkind::text as kind, c.relreplident::text as identity, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted,
    (select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'oid', a.atttypid::bigint) order by a.attnum), '[]')
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
    (select coalesce(json_agg(a.attname order by k.place), '[]') from pg_index i cross join unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum where i.indrelid = c.oid and i.indisprimary and k.place <= i.indnkeyatts) as key
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname || '.' || c.relname = $1`
const SERVER = `
  select current_setting('wal_level') as level, current_setting('server_version_num')::int as version, (select rolreplication or rolsuper from pg_roles where rolname = current_user) as may,
    exists (select from pg_publication_tables where pubname = '${SHARED_PUBLICATION}' and schemaname || '.' || tablename = $1) as shared`

interface Inspected extends TableShape {
  readonly quoted: string
  readonly isShared: boolean
  readonly version: number
}

/** PostgreSQL 12 or newer as a source of changes: logical decoding by `pgoutput`, a slot and a publication for each table. */
export function postgresqlCapture({ config, utcOffset, explain }: Reached): CapturedSource {
  async function within<T>(work: (client: pg.Client) => Promise<T>, more: object = {}): Promise<T> {
    const client = await open(more)
    try {
      return await work(client)
    } catch (error) {
      throw explain(error)
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  async function open(more: object): Promise<pg.Client> {
    const client = new pg.Client({ ...(await config()), options: textOptions(utcOffset), statement_timeout: 0, application_name: 'datong-capture', ...more })
    client.on('error', () => undefined) // what is under way hears of it
    try {
      await client.connect()
      return client
    } catch (error) {
      throw explain(error)
    }
  }
  const openReplication = (): Promise<pg.Client> => open({ replication: 'database' })

  async function inspect(client: pg.Client, object: string): Promise<Inspected> {
    const { rows: [server] } = await client.query<{ level: string; version: number; may: boolean; shared: boolean }>(SERVER, [object])
    const { rows: [table] } = await client.query<{ oid: string; kind: string; identity: string; quoted: string; columns: { name: string; type: string; oid: number }[]; key: string[] }>(TABLE, [object])
    const missing = (reason: string): AppError => new AppError('collection/capture-impossible', { object, reason })
    if (server?.level !== 'logical') throw missing('wal-level')
    if (!server.may) throw missing('replication-right')
    if (table === undefined || (table.kind !== 'r' && table.kind !== 'p')) throw missing('table')
    if (table.key.length === 0) throw missing('key')
    if (table.identity !== 'd' && table.identity !== 'f') throw missing('replica-identity')
    const columns = table.columns.map(({ name, type, oid }): CapturedColumn => ({ name, sourceType: type, reading: readingOf(type), details: { oid } }))
    return { tableId: table.oid, columns, key: table.key, quoted: table.quoted, isShared: server.shared, version: server.version }
  }

  const selected = (columns: readonly CapturedColumn[]): string => columns.map(({ name, sourceType }) => selectedText(quote(name), sourceType)).join(', ')

  async function publish(client: pg.Client, mark: string, { quoted, isShared, version }: Inspected): Promise<void> {
    if (isShared) return
    await client.query(`drop publication if exists ${mark}`)
    await client.query(`create publication ${mark} for table ${quoted}${version >= 130_000 ? ' with (publish_via_partition_root = true)' : ''}`)
  }

  /** Ends whoever reads a slot: a line of ours that nobody waits for any more, of a process that died or hangs. */
  async function free(client: pg.Client, mark: string): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const { rowCount } = await client.query('select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = $1 and active_pid is not null', [mark])
      if (rowCount === 0) return
      await sleep(100)
    }
  }

  async function drop(client: pg.Client, mark: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await client.query('select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1', [mark])
        return
      } catch (error) {
        if (!(error instanceof pg.DatabaseError && error.code === IN_USE) || tries === MOST_TRIES) throw error
        await free(client, mark)
      }
    }
  }

  const publicationOf = (client: pg.Client, { mark }: CapturedTable): Promise<string> =>
    client.query(`select from pg_publication where pubname = $1`, [mark]).then(({ rowCount }) => (rowCount === 0 ? SHARED_PUBLICATION : mark))

  return {
    inspect: (object) => within(async (client) => {
      const { tableId, columns, key } = await inspect(client, object)
      return { tableId, columns, key }
    }),

    async snapshot(table): Promise<TableSnapshot> {
      const replication = await openReplication()
      let reading: pg.Client | undefined
      const close = async (): Promise<void> => {
        await Promise.allSettled([replication.end(), reading?.end()])
      }
      try {
        reading = await open({})
        const inspected = await inspect(reading, table.object)
        await publish(reading, table.mark, inspected)
        await drop(reading, table.mark)
        const { rows: [slot] } = await replication.query<{ consistent_point: string; snapshot_name: string }>(`CREATE_REPLICATION_SLOT ${table.mark} LOGICAL pgoutput EXPORT_SNAPSHOT`)
        // The snapshot is there until the next command on the line that made it.
        await reading.query('begin isolation level repeatable read, read only')
        await reading.query(`set transaction snapshot ${pg.escapeLiteral(slot?.snapshot_name ?? '')}`)
        await reading.query(`declare datong no scroll cursor for select ${selected(table.columns)} from ${inspected.quoted}`)
        return { position: slot?.consistent_point ?? lsnText(0n), rows: rowsOf(reading), close }
      } catch (error) {
        await close()
        throw explain(error)
      }
    },

    async stream(table, position) {
      const publication = await within(async (client) => {
        // From version 13 on a slot may be there and yet have lost what it kept.
        const { rows: [slot] } = await client.query<{ status: string | null; active: boolean }>(
          `select to_jsonb(s)->>'wal_status' as status, active from pg_replication_slots s where slot_name = $1`, [table.mark])
        if (slot === undefined || slot.status === 'lost') throw new AppError('collection/capture-lost', { object: table.object })
        if (slot.active) await free(client, table.mark)
        return publicationOf(client, table)
      })
      const client = await openReplication()
      return postgresqlStream(client, table, position, publication, (error) => (isLost(error) ? new AppError('collection/capture-lost', { object: table.object }) : explain(error)))
    },

    reread: (table, keys) => within(async (client) => {
      const { rows: [found] } = await client.query<{ quoted: string }>(TABLE, [table.object])
      if (found === undefined) return []
      const at = table.key.map((_, index) => `$${index + 1}::text[]`).join(', ')
      const on = table.key.map((name, index) => `t.${quote(name)} = k.k${index}::${table.columns.find((column) => column.name === name)?.sourceType ?? 'text'}`).join(' and ')
      const names = table.key.map((_, index) => `k${index}`).join(', ')
      const columns = table.columns.map(({ name, sourceType }) => selectedText(`t.${quote(name)}`, sourceType)).join(', ')
      const { rows } = await client.query<(string | null)[]>({
        text: `select ${columns} from unnest(${at}) as k (${names}) join ${found.quoted} t on ${on}`, values: table.key.map((_, index) => keys.map((key) => key[index])), rowMode: 'array',
      })
      return rows
    }),

    forget: (table) => within(async (client) => {
      await drop(client, table.mark)
      await client.query(`drop publication if exists ${table.mark}`)
    }),
  }

  async function* rowsOf(client: pg.Client): AsyncGenerator<readonly (readonly (string | null)[])[]> {
    try {
      for (;;) {
        const { rows } = await client.query<(string | null)[]>({ text: `fetch ${FETCHED} from datong`, rowMode: 'array' })
        if (rows.length > 0) yield rows
        if (rows.length < FETCHED) return
      }
    } catch (error) {
      throw explain(error)
    }
  }
}

/** The slot is gone, was invalidated, or what it needs is gone. */
const isLost = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '42704' || error.code === '55000' || (error.code === '58P01' && /WAL segment/.test(error.message)))
