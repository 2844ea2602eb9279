import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Migration, migrate } from '../migrate.ts'
import { openStore, type Store } from '../store.ts'
import type { TestServer } from './test-server.ts'

export interface TestDatabase {
  readonly store: Store
  /** To open more connections on the same database. */
  readonly connectionString: string
  /** Closes the store and drops the database. */
  drop(): Promise<void>
}

/**
 * A fresh database of its own for a test, with the migrations applied. Each set of migrations is applied once a run, to
 * a template that the databases are copied from.
 */
export async function createTestDatabase(migrations: readonly Migration[] = [], poolSize = 8): Promise<TestDatabase> {
  const server = inject('datongTestServer')
  const template = migrations.length === 0 ? 'template1' : await ensureTemplate(server, migrations)
  const name = `dt_${server.runId}_${randomBytes(6).toString('hex')}`
  await withAdmin(server, (admin) => admin.query(`create database ${name} template ${template}`))
  const connectionString = urlOf(server, name)
  const store = await openStore({ connection: connectionString, poolSize, applicationName: 'datong-test' })
  return {
    store,
    connectionString,
    drop: async () => {
      await store.close()
      await withAdmin(server, (admin) => admin.query(`drop database if exists ${name} with (force)`))
    },
  }
}

async function ensureTemplate(server: TestServer, migrations: readonly Migration[]): Promise<string> {
  const hash = createHash('sha256')
  for (const { name, up } of migrations) hash.update(`${name}\n${up.toString()}\n`)
  const template = `dt_${server.runId}_t${hash.digest('hex').slice(0, 16)}`
  await withAdmin(server, async (admin) => {
    // Test files run side by side: the first makes the template, the others wait for it.
    await admin.query('select pg_advisory_lock(hashtext($1))', [template])
    const { rows } = await admin.query('select 1 from pg_database where datname = $1 and datallowconn = false', [template])
    if (rows.length > 0) return
    await admin.query(`drop database if exists ${template} with (force)`)
    await admin.query(`create database ${template}`)
    const store = await openStore({ connection: urlOf(server, template), poolSize: 2 })
    try {
      await migrate(store.db, migrations)
    } finally {
      await store.close()
    }
    // The mark that it is complete; it also keeps sessions out, which would block copying.
    await admin.query(`alter database ${template} allow_connections false`)
  })
  return template
}

async function withAdmin<T>(server: TestServer, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

function urlOf(server: TestServer, database: string): string {
  const url = new URL(server.url)
  url.pathname = `/${database}`
  return url.href
}
