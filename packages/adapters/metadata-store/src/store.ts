import { type Kysely as KyselyType, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { PostgresConnection } from './embedded/start.ts'
import { Listener, type ListenSignals, type NotificationHandler, type Subscription } from './listener.ts'
import { type Log, silentLog } from './log.ts'
import { asStoreError } from './store-errors.ts'
import { valueParsers } from './value-parsers.ts'

export interface StoreOptions {
  /** A `postgresql://` URL or the connection of the embedded server. */
  readonly connection: string | PostgresConnection
  /** Most connections of the pool; the listener has one more. */
  readonly poolSize?: number
  readonly applicationName?: string
  readonly log?: Log
  /** Longest run of one statement, in milliseconds; `set local statement_timeout` changes it for a transaction. */
  readonly statementTimeoutMs?: number
  /** How often the listening connection must prove that it lives, in milliseconds. */
  readonly listenHeartbeatMs?: number
}

/** An open store: the pool, the query builder over it, and notifications. */
export interface Store {
  /** Query builder without tables; a store file narrows it with `withTables<Tables>(db)`. */
  readonly db: KyselyType<unknown>
  /** For named statements and COPY on hot paths. */
  readonly pool: pg.Pool
  /** Calls `handler` for each `NOTIFY channel`, reconnecting by itself; resolves once listening. */
  listen(channel: string, handler: NotificationHandler, signals?: ListenSignals): Promise<Subscription>
  close(): Promise<void>
}

/**
 * Opens a pool on a PostgreSQL server and checks that it answers.
 * @throws AppError `store/unreachable`
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const log = options.log ?? silentLog
  const base: pg.ClientConfig = {
    ...clientConfig(options.connection),
    application_name: options.applicationName ?? 'datong',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: valueParsers,
  }
  const pool = new pg.Pool({
    ...base,
    max: options.poolSize ?? 16,
    idleTimeoutMillis: 60_000,
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    idle_in_transaction_session_timeout: 600_000,
  })
  let closing: Promise<void> | undefined
  pool.on('error', (error) => {
    // A server that stops right after us may still cut connections that are saying goodbye.
    if (closing === undefined) log.warn({ err: error }, 'an idle database connection was lost')
  })
  pool.on('connect', (client) => {
    // A connection that breaks while it is lent out tells its queries, and emits an error besides: unheard, it would end the
    // process. The pool itself drops the connection when it comes back.
    client.on('error', () => undefined)
  })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    await sql`select 1`.execute(db)
  } catch (error) {
    await db.destroy()
    throw asStoreError(error)
  }
  const listener = new Listener(base, log, options.listenHeartbeatMs ?? 1_000)
  return {
    db,
    pool,
    listen: (channel, handler, signals) => listener.listen(channel, handler, signals),
    close: () => (closing ??= listener.close().then(() => db.destroy())),
  }
}

/** Sends a notification when the transaction commits. `payload` at most 8,000 bytes. */
export async function notify(db: KyselyType<unknown>, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db)
}

function clientConfig(connection: string | PostgresConnection): pg.ClientConfig {
  return typeof connection === 'string' ? { connectionString: connection } : { ...connection }
}
