import { AppError } from '@datong/kernel'
import pg from 'pg'
import { resolveReceiver } from '../../../platform/outbound.ts'
import type { PushContext } from './context.ts'
import { connectMariadb } from './mariadb.ts'
import { connectPostgresql } from './postgresql.ts'
import type { TargetRow } from './tables.ts'
import type { Connection, Reached } from './target-database.ts'

/** What a password is sealed for. */
export const sealPurpose = (id: string): string => `push target ${id}`

/**
 * Opens the consumer's database.
 * @throws AppError `delivery/address-refused` for networks that nothing is sent to and for Datong's own database; Error of the driver
 */
export async function connect(context: Pick<PushContext, 'forms' | 'sealer' | 'targets'>, target: TargetRow): Promise<Connection> {
  const { address } = await resolveReceiver(target.host, 'push', context.forms)
  const reached: Reached = {
    address, host: target.host, port: target.port, database: target.database, user: target.username,
    password: context.sealer.open(target.password, sealPurpose(target.id)), tls: target.tls, ca: target.ca,
  }
  if (target.kind === 'mariadb') return connectMariadb(reached)
  const connection = await connectPostgresql(reached)
  try {
    const own = await context.targets.ownDatabase()
    const { rows } = await connection.query('select system_identifier::text as cluster, current_database() as database from pg_control_system()').catch((error: unknown) => {
      // Databases that only speak PostgreSQL's protocol may not have it: they are not ours.
      if (error instanceof pg.DatabaseError && error.code === '42883') return { rows: [] }
      throw error
    })
    if (rows[0]?.['cluster'] === own.cluster && rows[0]['database'] === own.database) throw new AppError('delivery/address-refused', { host: target.host, reason: 'own-database' })
  } catch (error) {
    await connection.close().catch(() => undefined)
    throw error
  }
  return connection
}
