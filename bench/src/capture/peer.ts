import pg from 'pg'
import type { Defer } from '../cleanup.ts'
import type { postgresqlSource } from './source.ts'

type PostgresqlSource = Awaited<ReturnType<typeof postgresqlSource>>

/**
 * PostgreSQL's own logical replication into another database of the same server: what changes take without a lake, a catalogue,
 * versions, or a right to check. @returns reads a row there
 */
export async function peerOf({ database, url }: PostgresqlSource, defer: Defer): Promise<(code: string) => Promise<number | null>> {
  const admin = new pg.Client({ connectionString: url })
  admin.on('error', () => undefined)
  await admin.connect()
  await admin.query('create database peer')
  const { host, port, user = '', password } = admin
  const open = async (name: string): Promise<pg.Client> => {
    const client = new pg.Client({ host, port, user, database: name, ...(password == null ? {} : { password }) })
    client.on('error', () => undefined) // when the server is stopped before it
    await client.connect()
    return client
  }
  const [source, client] = [await open(database.database), await open('peer')]
  await source.query('create publication peer for table company')
  // Within one server the slot must be there before, or the subscription waits for itself.
  await source.query(`select pg_create_logical_replication_slot('peer', 'pgoutput')`)
  await client.query('create table company (code varchar(18) primary key, name varchar(100), person varchar(40), phone varchar(20), address varchar(200), capital decimal(14,2), founded date, serial int)')
  const secret = password == null ? '' : ` password=${password}`
  await client.query(`create subscription peer connection 'host=${host} port=${port} user=${user} dbname=${database.database}${secret}' publication peer with (create_slot = false, slot_name = 'peer')`)
  const pool = new pg.Pool({ host, port, user, database: 'peer', max: 4, ...(password == null ? {} : { password }) })
  pool.on('error', () => undefined)
  defer(async () => {
    await client.query('alter subscription peer disable; alter subscription peer set (slot_name = none); drop subscription peer').catch(() => undefined)
    await source.query(`select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = 'peer' and active_pid is not null`).catch(() => undefined)
    await Promise.allSettled([pool.end(), client.end(), source.end(), admin.end()])
  })
  return async (code) => {
    const { rows: [row] } = await pool.query<{ serial: number }>({ name: 'one', text: 'select serial from company where code = $1', values: [code] })
    return row?.serial ?? null
  }
}
