import type { ConnectionOptions } from 'mysql2'
import { mysqlLine } from '../../../../platform/mysql-line.ts'
import type { ConnectorTools } from '../connector.ts'
import { addressOf, CONNECT_MS, type DatabaseSecrets, type DatabaseSettings } from './reach.ts'

/**
 * How to connect to a MySQL or MariaDB source: to exactly the address that was checked; the name is for the certificate.
 * @throws AppError `delivery/address-refused`
 */
export async function mysqlConfig(settings: DatabaseSettings, { password }: DatabaseSecrets, tools: ConnectorTools): Promise<ConnectionOptions> {
  const { host, port, database, user, tls, ca } = settings
  const address = await addressOf(settings, tools)
  return {
    host, port, stream: () => mysqlLine(address, port, host), database, user, password, connectTimeout: CONNECT_MS, enableKeepAlive: true, charset: 'utf8mb4',
    ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verify', verifyIdentity: tls === 'verify', ...(ca === undefined ? {} : { ca }) } }),
  }
}
