import { createConnection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise'
import { mysqlLine } from '../../../platform/mysql-line.ts'
import type { Column } from './columns.ts'
import type { Connection, Dialect, Reached } from './target-database.ts'

const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``

/** MariaDB's most digits, before and behind the point. */
const MOST_DIGITS = 65
const MOST_SCALE = 38
const TEXT = 'longtext character set utf8mb4 collate utf8mb4_bin'

function typeOf({ type, precision, scale = 0 }: Column): string {
  switch (type) {
    case 'text': return TEXT
    case 'integer': return 'bigint'
    case 'decimal': return precision === undefined || precision > MOST_DIGITS || scale > MOST_SCALE ? TEXT : `decimal(${precision}, ${scale})`
    case 'boolean': return 'boolean'
    case 'date': return 'date'
    case 'datetime': return 'datetime(6)'
  }
}

const dialect: Dialect = {
  quote, typeOf, parameter: () => '?', idType: 'varchar(64) character set ascii collate ascii_bin', tableOptions: 'engine = InnoDB',
  onSameId: (columns) => `on duplicate key update ${(columns.length === 0 ? ['_datong_id'] : columns).map((name) => `${quote(name)} = values(${quote(name)})`).join(', ')}`,
  countTables: 'select cast(count(*) as int) as n from information_schema.tables where table_schema = database() and table_name = ?',
}

/** What TLS says against a server, by its words: the driver has one code for all of it. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/altnames/, 'ERR_TLS_CERT_ALTNAME_INVALID'], [/expired/, 'CERT_HAS_EXPIRED'], [/self.signed/, 'DEPTH_ZERO_SELF_SIGNED_CERT'], [/unable to (verify|get)/, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
]

function inCodesOfTls(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'HANDSHAKE_SSL_ERROR') return error
  return Object.assign(error, { code: FAULTS.find(([words]) => words.test(error.message))?.[1] ?? error.code })
}

/** Connects to exactly the address that was checked. @throws Error of the driver */
export async function connectMariadb({ address, host, port, database, user, password, tls, ca }: Reached): Promise<Connection> {
  const connection = await createConnection({
    // The name is for the certificate; the line goes to the address.
    host, port, stream: () => mysqlLine(address, port, host), database, user, password, connectTimeout: 10_000, enableKeepAlive: true, charset: 'utf8mb4', supportBigNumbers: true, flags: ['FOUND_ROWS'],
    ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verify', verifyIdentity: tls === 'verify', ...(ca === null ? {} : { ca }) } }),
  }).catch((error: unknown) => {
    throw inCodesOfTls(error)
  })
  connection.on('error', () => undefined) // as with PostgreSQL
  const query: Connection['query'] = async (text, values = []) => {
    const [result] = await connection.execute<RowDataPacket[] | ResultSetHeader>(text, [...values])
    return Array.isArray(result) ? { rows: result, affected: result.length } : { rows: [], affected: result.affectedRows }
  }
  // Values that do not fit are errors, not cut.
  await query(`set session sql_mode = 'STRICT_ALL_TABLES'`)
  return {
    dialect, query,
    async transaction(work) {
      await connection.beginTransaction()
      try {
        const result = await work()
        await connection.commit()
        return result
      } catch (error) {
        await connection.rollback().catch(() => undefined)
        throw error
      }
    },
    close: () => connection.end(),
  }
}
