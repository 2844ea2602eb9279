import { startEmbeddedPostgres } from '@datong/metadata-store'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { aMariadb, aPostgresql, hasMariadb, type OtherDatabase } from '../../../apps/server/src/testing/databases.ts'
import { type Defer, temporaryFolder } from '../cleanup.ts'

/** One table of eight columns, at a source of one kind, as the platform registers it. */
export interface BenchedSource {
  readonly name: 'postgresql' | 'mariadb' | 'httpJson' | 'httpCsv'
  readonly registered: { readonly kind: string; readonly settings: Record<string, unknown>; readonly secrets?: Record<string, string>; readonly from: { readonly object: string } }
  /** What `read-plainly.ts` needs to read the same without the platform. */
  readonly plain: PlainInput
}

export type PlainInput =
  | { readonly by: 'pg' | 'mysql2'; readonly port: number; readonly database: string; readonly user: string; readonly password: string }
  | { readonly by: 'json' | 'csv'; readonly url: string }

const CREATE = `create table company (
  code varchar(18) primary key, name varchar(100), person varchar(40), phone varchar(20), address varchar(200), capital decimal(14,2), founded date, serial int)`
const COLUMNS = ['code', 'name', 'person', 'phone', 'address', 'capital', 'founded', 'serial'] as const
export const PAGE_ROWS = 10_000

/** The same rows as SQL, and as texts; `n` is the number of the row. */
const selectFrom = (from: string, text: string): string => `insert into company select concat('91990100MA', lpad(cast(n as ${text}), 8, '0')), concat('澜海市第', n, '贸易有限公司'), concat('王', n % 1000),
  concat('138', lpad(cast(n as ${text}), 8, '0')), concat('澜海市城东区人民路', n, '号'), n % 10000 + 0.5, date '2020-02-29', n from ${from}`
const rowOf = (n: number): (string | number)[] => {
  const digits = String(n).padStart(8, '0')
  return [`91990100MA${digits}`, `澜海市第${n}贸易有限公司`, `王${n % 1_000}`, `138${digits}`, `澜海市城东区人民路${n}号`, (n % 10_000) + 0.5, '2020-02-29', n]
}

/** The kinds that there are servers for here; MariaDB is left out where it is not installed. */
export async function startSources(rows: number, defer: Defer): Promise<BenchedSource[]> {
  const server = await startEmbeddedPostgres({ dataDir: join(await temporaryFolder(defer, 'connectors'), 'pg'), durable: false })
  defer(() => server.stop())
  const postgresql = await aPostgresql(server.connectionString)
  defer(() => postgresql.stop())
  await postgresql.query(`${CREATE}; ${selectFrom(`generate_series(0, ${rows - 1}) n`, 'text')}; analyze company`)
  const sources = [databaseOf(postgresql, 'postgresql', 'postgresql', 'public.company', 'pg')]
  if (hasMariadb()) {
    const mariadb = await aMariadb()
    defer(() => mariadb.stop())
    await mariadb.query(CREATE)
    await mariadb.query(selectFrom(`(select seq as n from seq_0_to_${rows - 1}) numbers`, 'char'))
    sources.push(databaseOf(mariadb, 'mariadb', 'mysql', 'company', 'mysql2'))
  }
  const url = await serve(rows, defer)
  const paged = { url: `${url}/json`, format: 'json', paging: 'page', firstPage: 0, pageParameter: 'page', sizeParameter: 'size', pageSize: PAGE_ROWS }
  sources.push(
    { name: 'httpJson', registered: { kind: 'http', settings: paged, from: { object: 'answer' } }, plain: { by: 'json', url: `${url}/json` } },
    { name: 'httpCsv', registered: { kind: 'http', settings: { url: `${url}/company.csv`, format: 'csv' }, from: { object: 'answer' } }, plain: { by: 'csv', url: `${url}/company.csv` } },
  )
  return sources
}

function databaseOf({ port, database, user, password }: OtherDatabase, name: BenchedSource['name'], kind: string, object: string, by: 'pg' | 'mysql2'): BenchedSource {
  const settings = { host: '127.0.0.1', port, database, user, tls: 'off', utcOffset: '+08:00' }
  return { name, registered: { kind, settings, secrets: { password }, from: { object } }, plain: { by, port, database, user, password } }
}

/** Pages and the file are made before anything is measured. */
async function serve(rows: number, defer: Defer): Promise<string> {
  const pages: Buffer[] = []
  const pieces: Buffer[] = [Buffer.from(`${COLUMNS.join()}\n`)]
  for (let from = 0; from < rows; from += PAGE_ROWS) {
    const some = Array.from({ length: Math.min(PAGE_ROWS, rows - from) }, (_, index) => rowOf(from + index))
    pages.push(Buffer.from(JSON.stringify({ data: some.map((row) => Object.fromEntries(row.map((value, at) => [COLUMNS[at] ?? '', value]))) })))
    pieces.push(Buffer.from(some.map((row) => `${row.join()}\n`).join('')))
  }
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://peer')
    if (pathname === '/json') return void response.writeHead(200, { 'content-type': 'application/json' }).end(pages[Number(searchParams.get('page'))] ?? '{"data":[]}')
    response.writeHead(200, { 'content-type': 'text/csv' })
    void (async () => {
      for (const piece of pieces) if (!response.write(piece)) await once(response, 'drain')
      response.end()
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  defer(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on a port
}
