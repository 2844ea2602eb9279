import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import { createConnection } from 'mysql2/promise'
import pg from 'pg'
import { aCertificate, type TestCertificate } from './a-certificate.ts'
import { freePort } from './a-process.ts'

/** A database of somebody else for tests: a consumer's, or a source. */
export interface OtherDatabase {
  readonly kind: 'postgresql' | 'mariadb'
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  query(text: string): Promise<Record<string, unknown>[]>
  /** Who wants TLS from now on is shown this certificate. */
  certify(certificate: TestCertificate): Promise<void>
  stop(): Promise<void>
}

const MARIADB = ['/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd'].find((path) => existsSync(path))
const INSTALL = ['/usr/bin/mariadb-install-db', '/usr/local/bin/mariadb-install-db'].find((path) => existsSync(path))

export const hasMariadb = (): boolean => MARIADB !== undefined

/** A MariaDB of its own in a folder of its own; about two seconds. @param options further ones of `mariadbd` */
export async function aMariadb(options: readonly string[] = []): Promise<OtherDatabase> {
  if (MARIADB === undefined || INSTALL === undefined) throw new Error('MariaDB is not installed')
  const [program, install] = [MARIADB, INSTALL]
  return aServerOf(program, (folder) => [`--ssl-cert=${join(folder, CERT)}`, `--ssl-key=${join(folder, KEY)}`], options, (data, asUser) => {
    execFileSync(install, ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...asUser], { stdio: 'ignore' })
  })
}

/** An unpacked MySQL, by its folder: Debian has none, so nothing installs it. */
const MYSQL = process.env['DATONG_TEST_MYSQL']
export const hasMysql = (): boolean => MYSQL !== undefined && existsSync(join(MYSQL, 'bin/mysqld'))

/** A MySQL of its own, 5.6 or 5.7 as they are made ready; about three seconds. @param options further ones of `mysqld` */
export async function aMysql(options: readonly string[] = []): Promise<OtherDatabase> {
  if (MYSQL === undefined) throw new Error('DATONG_TEST_MYSQL names no MySQL')
  const base = [`--basedir=${MYSQL}`, `--lc-messages-dir=${join(MYSQL, 'share')}`, '--innodb-use-native-aio=0']
  const program = join(MYSQL, 'bin/mysqld')
  return aServerOf(program, () => base, options, (data, asUser) => {
    mkdirSync(data)
    chmodSync(data, 0o777)
    const tables = ['mysql_system_tables.sql', 'mysql_system_tables_data.sql'].map((name) => readFileSync(join(MYSQL, 'share', name), 'utf8')).join('')
    execFileSync(program, ['--no-defaults', '--bootstrap', `--datadir=${data}`, ...base, ...asUser], { input: `create database mysql;\nuse mysql;\n${tables}\ndelete from mysql.user where user = '';\n`, stdio: ['pipe', 'ignore', 'ignore'] })
  })
}

/** What is shown to who wants TLS. */
const CERT = 'cert.pem'
const KEY = 'key.pem'

async function aServerOf(program: string, base: (folder: string) => readonly string[], options: readonly string[], install: (data: string, asUser: readonly string[]) => void): Promise<OtherDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'datong-mariadb-'))
  await chmod(folder, 0o777)
  const showing = async ({ cert, key }: TestCertificate): Promise<void> => {
    await writeFile(join(folder, CERT), cert)
    await writeFile(join(folder, KEY), key)
  }
  await showing(aCertificate('db.example'))
  const data = join(folder, 'data')
  const asUser = process.getuid?.() === 0 ? ['--user=mysql'] : []
  install(data, asUser)
  const port = await freePort(Math.random)
  const socket = join(folder, 's')
  const child = spawn(program, ['--no-defaults', ...base(folder), `--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${socket}`, `--pid-file=${join(folder, 'pid')}`, '--innodb-flush-log-at-trx-commit=2', ...options, ...asUser], { stdio: 'ignore' })
  const root = () => createConnection({ socketPath: socket, user: 'root', supportBigNumbers: true, dateStrings: true })
  for (let tries = 0; !await root().then((connection) => connection.end()).then(() => true, () => false); tries++) {
    if (tries === 300) throw new Error('the database does not start')
    await sleep(100)
  }
  const admin = await root()
  await admin.query('create database consumer character set utf8mb4')
  await admin.query(`create user pusher@'%' identified by 'p@ss "word'`)
  await admin.query(`grant all on consumer.* to pusher@'%'`)
  await admin.query('use consumer')
  return {
    kind: 'mariadb', port, database: 'consumer', user: 'pusher', password: 'p@ss "word',
    query: async (text) => {
      const [rows] = await admin.query(text)
      return Array.isArray(rows) ? rows as Record<string, unknown>[] : [] // selects answer with rows
    },
    async certify(certificate) {
      await showing(certificate)
      await admin.query('flush ssl')
    },
    async stop() {
      await admin.end()
      await end(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const end = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  child.once('exit', () => resolve())
  child.kill('SIGTERM')
})

/** What a client asks before it speaks TLS. @see https://www.postgresql.org/docs/current/protocol-message-formats.html, SSLRequest */
const TLS_WANTED = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/** A database of its own on the PostgreSQL of the tests, which listens on a socket only: a little line leads there over TCP, with TLS when it is given a certificate. */
export async function aPostgresql(storeUrl: string): Promise<OtherDatabase> {
  const database = `consumer_${process.pid}_${Math.floor(Math.random() * 1e9)}`
  const admin = new pg.Client({ connectionString: storeUrl })
  await admin.connect()
  await admin.query(`create database ${database}`)
  const { host, port: serverPort, user = '', password } = admin
  const client = new pg.Client({ host, port: serverPort, user, database, ...(password == null ? {} : { password }) })
  await client.connect()
  let shown: TestCertificate | undefined
  const line = createServer((socket) => {
    const server = host.startsWith('/') ? connect(join(host, `.s.PGSQL.${serverPort}`)) : connect(serverPort, host)
    const lead = (caller: Socket): void => void caller.on('error', () => undefined).pipe(server).pipe(caller)
    server.on('error', () => socket.destroy())
    // However the caller goes, with an error or without: a backend that writes to nobody keeps its locks, and no database of the server can be dropped.
    socket.on('error', () => undefined).on('close', () => server.destroy())
    socket.once('data', (first) => {
      if (shown === undefined || !TLS_WANTED.equals(first as Buffer)) { // no encoding is set
        server.write(first)
        return lead(socket)
      }
      socket.write('S')
      lead(new TLSSocket(socket, { isServer: true, ...shown }))
    })
  })
  await once(line.listen(0, '127.0.0.1'), 'listening')
  return {
    kind: 'postgresql', port: (line.address() as AddressInfo).port, database, user, password: password ?? 'none', // it listens on a port
    query: async (text) => (await client.query<Record<string, unknown>>(text)).rows,
    certify: async (certificate) => void (shown = certificate),
    async stop() {
      await client.end()
      await admin.query(`drop database if exists ${database} with (force)`)
      await admin.end()
      line.close()
    },
  }
}
