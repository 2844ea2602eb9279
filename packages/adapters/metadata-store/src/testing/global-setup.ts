import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded/start.ts'
import type { TestServer } from './test-server.ts'

/**
 * Gives all test files of a run one PostgreSQL: the server of `TEST_DATABASE_URL`, or an embedded one in a temporary
 * folder. Databases made by the run carry its id and are dropped at its end.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runId = randomBytes(4).toString('hex')
  const given = process.env['TEST_DATABASE_URL']
  if (given !== undefined && given !== '') {
    project.provide('datongTestServer', { url: given, runId })
    return () => dropDatabases({ url: given, runId })
  }
  const folder = await mkdtemp(join(tmpdir(), 'datong-test-'))
  await chmod(folder, 0o755)
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'pg'), durable: false, maxConnections: 300 })
  stopAtExit(server)
  project.provide('datongTestServer', { url: server.connectionString, runId })
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Ctrl-C ends vitest without its teardown. */
function stopAtExit(server: EmbeddedPostgres): void {
  process.once('exit', () => {
    try {
      process.kill(server.pid, 'SIGQUIT')
    } catch {
      // Already stopped.
    }
  })
}

async function dropDatabases({ url, runId }: TestServer): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database where datname like $1', [`dt\\_${runId}\\_%`])
  for (const { datname } of rows) await client.query(`drop database if exists ${pg.escapeIdentifier(datname)} with (force)`)
  await client.end()
}
