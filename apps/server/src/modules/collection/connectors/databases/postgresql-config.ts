import { AppError } from '@datong/kernel'
import { isIP } from 'node:net'
import pg from 'pg'
import type { ConnectorTools } from '../connector.ts'
import { addressOf, CONNECT_MS, type DatabaseSecrets, type DatabaseSettings } from './reach.ts'

/**
 * How to connect to a PostgreSQL source: to exactly the address that was checked.
 * @throws AppError `delivery/address-refused`
 */
export async function postgresqlConfig(settings: DatabaseSettings, { password }: DatabaseSecrets, tools: ConnectorTools): Promise<pg.ClientConfig> {
  const { host, port, database, user, tls, ca } = settings
  return {
    host: await addressOf(settings, tools), port, database, user, password, connectionTimeoutMillis: CONNECT_MS, keepAlive: true, application_name: 'datong-source',
    ssl: tls === 'off' ? false : { rejectUnauthorized: tls === 'verify', ...(isIP(host) === 0 ? { servername: host } : {}), ...(ca === undefined ? {} : { ca }) },
  }
}

/**
 * Refuses Datong's own database, whose tables nobody may read as a source.
 * @throws AppError `delivery/address-refused`
 */
export async function refuseOwnDatabase(query: (sql: string) => Promise<readonly Record<string, unknown>[]>, host: string, tools: ConnectorTools): Promise<void> {
  const [own, found] = await Promise.all([tools.ownDatabase(), query('select system_identifier::text as cluster, current_database()::text as database from pg_control_system()').catch((error: unknown) => {
    // Databases that only speak PostgreSQL's protocol may not have it: they are not ours.
    if (error instanceof pg.DatabaseError && error.code === '42883') return []
    throw error
  })])
  if (found[0]?.['cluster'] === own.cluster && found[0]['database'] === own.database) throw new AppError('delivery/address-refused', { host, reason: 'own-database' })
}
