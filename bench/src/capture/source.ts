import { startEmbeddedPostgres } from '@datong/metadata-store'
import { join } from 'node:path'
import { aMariadb, aPostgresql, hasMariadb, type OtherDatabase } from '../../../apps/server/src/testing/databases.ts'
import { type Defer, temporaryFolder } from '../cleanup.ts'

/** A department's own database with a table that changes. */
export interface ChangingSource {
  readonly kind: 'postgresql' | 'mysql'
  readonly database: OtherDatabase
  /** As the platform names the table. */
  readonly object: string
}

const CREATE = `create table company (
  code varchar(18) primary key, name varchar(100), person varchar(40), phone varchar(20), address varchar(200), capital decimal(14,2), founded date, serial int)`
const ROWS_A_STATEMENT = 2_000

export const codeOf = (number: number): string => `91990100MA${String(number).padStart(8, '0')}`

/** A row by its number; `serial` counts how often it was written. */
export const rowOf = (number: number, serial: number): string =>
  `('${codeOf(number)}', '澜海市第${number}贸易有限公司', '王${number % 1_000}', '138${String(number % 100_000_000).padStart(8, '0')}', '澜海市城东区人民路${number}号', ${number % 10_000}.50, '2020-02-29', ${serial})`

async function fill({ query }: OtherDatabase, rows: number): Promise<void> {
  await query(CREATE)
  for (let from = 0; from < rows; from += ROWS_A_STATEMENT) {
    await query(`insert into company values ${Array.from({ length: Math.min(ROWS_A_STATEMENT, rows - from) }, (_, index) => rowOf(from + index, 0)).join(', ')}`)
  }
}

/** A PostgreSQL of its own, and its address for another that replicates from it. */
export async function postgresqlSource(rows: number, defer: Defer): Promise<ChangingSource & { readonly url: string }> {
  const server = await startEmbeddedPostgres({ dataDir: join(await temporaryFolder(defer, 'capture-source'), 'pg'), durable: false })
  defer(() => server.stop())
  const database = await aPostgresql(server.connectionString)
  defer(() => database.stop())
  await fill(database, rows)
  return { kind: 'postgresql', database, object: 'public.company', url: server.connectionString }
}

/** A MariaDB of its own; null where none is installed. */
export async function mariadbSource(rows: number, defer: Defer): Promise<ChangingSource | null> {
  if (!hasMariadb()) return null
  const database = await aMariadb(['--log-bin=log', '--binlog-format=ROW', '--server-id=1', '--sync-binlog=0'])
  defer(() => database.stop())
  await database.query(`grant replication slave on *.* to pusher@'%'`)
  await fill(database, rows)
  return { kind: 'mysql', database, object: 'company' }
}
