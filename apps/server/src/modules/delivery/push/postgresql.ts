import { isIP } from 'node:net'
import pg from 'pg'
import { columnType } from '../serving/serving-sql.ts'
import type { Connection, Dialect, Reached } from './target-database.ts'

const quote = (name: string): string => pg.escapeIdentifier(name)

const dialect: Dialect = {
  quote, typeOf: columnType, parameter: (n) => `$${n}`, idType: 'varchar(64)', tableOptions: '',
  onSameId: (columns) => `on conflict (${quote('_datong_id')}) do ${columns.length === 0 ? 'nothing' : `update set ${columns.map((name) => `${quote(name)} = excluded.${quote(name)}`).join(', ')}`}`,
  countTables: 'select count(*)::int as n from pg_tables where schemaname = current_schema() and tablename = $1',
}

/** A server without TLS, in the words of MariaDB's driver: PostgreSQL's has no code for it. */
const NO_TLS = 'HANDSHAKE_NO_SSL_SUPPORT'

/** Connects to exactly the address that was checked. @throws Error of the driver */
export async function connectPostgresql({ address, host, port, database, user, password, tls, ca }: Reached): Promise<Connection> {
  const client = new pg.Client({
    host: address, port, database, user, password, connectionTimeoutMillis: 10_000, query_timeout: 3_600_000, keepAlive: true, application_name: 'datong-push',
    ssl: tls === 'off' ? false : { rejectUnauthorized: tls === 'verify', ...(isIP(host) === 0 ? { servername: host } : {}), ...(ca === null ? {} : { ca }) },
  })
  // A connection that breaks tells its queries, and emits an error besides: unheard, it would end the process.
  client.on('error', () => undefined)
  await client.connect().catch((error: unknown) => {
    throw error instanceof Error && /does not support SSL/.test(error.message) ? Object.assign(error, { code: NO_TLS }) : error
  })
  const query: Connection['query'] = async (text, values = []) => {
    const { rows, rowCount } = await client.query<Record<string, unknown>>(text, [...values])
    return { rows, affected: rowCount ?? 0 }
  }
  return {
    dialect, query,
    async transaction(work) {
      await query('begin')
      try {
        const result = await work()
        await query('commit')
        return result
      } catch (error) {
        await query('rollback').catch(() => undefined)
        throw error
      }
    },
    close: () => client.end(),
  }
}
