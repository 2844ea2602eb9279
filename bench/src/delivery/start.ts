import { openStore, startEmbeddedPostgres, type PostgresConnection } from '@datong/metadata-store'
import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runChild } from '../child.ts'
import { type Defer, temporaryFolder } from '../cleanup.ts'
import type { GovernedAnswer, GovernedInput } from './governed-server.ts'

/** The product's server, running with its own database in a folder of its own. */
export interface Started {
  readonly governed: GovernedAnswer
  readonly home: string
  /** Of its two officers and its steward. */
  readonly password: string
  readonly connection: PostgresConnection
  readonly databasePid: number
}

const BUILD_WAIT_MS = 600_000
const SERVER = new URL('governed-server.ts', import.meta.url)

/** @param profileFolder gets a CPU profile of the server when it ends; null for none */
export async function startGoverned(profileFolder: string | null, defer: Defer, settings: Readonly<Record<string, string>> = {}): Promise<Started> {
  const home = join(await temporaryFolder(defer, 'delivery'), 'home')
  const dataDir = join(home, 'postgres')
  // The product stops its database itself, unless it was killed.
  defer(async () => existsSync(join(dataDir, 'postmaster.pid')) && (await startEmbeddedPostgres({ dataDir })).stop())
  const password = randomBytes(18).toString('base64url')
  const input: GovernedInput = { home, password, join: null, settings }
  const profile = profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`]
  const governed = await runChild<GovernedAnswer>(SERVER, input, defer, profile)
  const { connection, pid } = await startEmbeddedPostgres({ dataDir, role: 'guest' })
  return { governed, home, password, connection, databasePid: pid }
}

/** A second process of the same installation: same database, lake and secrets, a home of its own. */
export async function startBeside({ home, password, connection }: Started, defer: Defer, settings: Readonly<Record<string, string>> = {}): Promise<GovernedAnswer> {
  const own = join(await temporaryFolder(defer, 'beside'), 'home')
  await mkdir(own, { recursive: true })
  await copyFile(join(home, 'secrets.json'), join(own, 'secrets.json'))
  const { host, port, user, password: secret, database } = connection
  const databaseUrl = `postgresql://${user}:${encodeURIComponent(secret)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
  const input: GovernedInput = { home: own, password, join: { databaseUrl, lake: join(home, 'lake') }, settings }
  return runChild<GovernedAnswer>(SERVER, input, defer)
}

/** The table is built after publication, in the background. @returns its name in the schema `serving` */
export async function servingTable(connection: PostgresConnection, entryCode: string): Promise<string> {
  const store = await openStore({ connection, poolSize: 1 })
  try {
    for (const since = performance.now(); performance.now() - since < BUILD_WAIT_MS; await sleep(200)) {
      const { rows } = await sql<{ name: string; indexed: string[] }>`
        select table_name as name, indexed from delivery.serving where entry_code = ${entryCode}`.execute(store.db)
      const [table] = rows
      if (table !== undefined && table.indexed.length > 0) return table.name
    }
  } finally {
    await store.close()
  }
  throw new Error('the serving table was not built in time')
}

/** Does at once what PostgreSQL would do of itself, beside the measurement, after much was written. */
export async function putToRest(connection: PostgresConnection): Promise<void> {
  const store = await openStore({ connection, poolSize: 1 })
  try {
    // The store's own statements are cut off; its only connection is this one.
    await sql`set statement_timeout = 0`.execute(store.db)
    await sql`vacuum analyze`.execute(store.db)
  } finally {
    await store.close()
  }
}
