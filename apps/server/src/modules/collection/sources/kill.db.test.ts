import { operations } from '@datong/contracts'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { migrations, type Modules } from '../../../compose.ts'
import { anOfficer } from '../../../platform/testing.ts'
import { composeOn } from '../../../testing/compose-on.ts'
import { aPostgresql, type OtherDatabase } from '../../../testing/databases.ts'

const LOOPBACK = { DATONG_OUTBOUND_LOOPBACK: 'allow' }
const WORKER = join(import.meta.dirname, '../../../testing/hold-worker.ts')
const officer = anOfficer('provider', '11990100MB0000002B', 'provider')
const ROWS = 100_000

let database: TestDatabase
let source: OtherDatabase
let home: string
let api: Modules & { stop(): Promise<void> }
let worker: ChildProcess | undefined

beforeAll(async () => {
  database = await createTestDatabase(migrations)
  source = await aPostgresql(inject('datongTestServer').url)
  home = await mkdtemp(join(tmpdir(), 'datong-source-kill-'))
  api = await composeOn(database.connectionString, home, 'api', LOOPBACK)
  await source.query(`create table long_one (id integer primary key, text text); insert into long_one select i, repeat('长', 100) || i from generate_series(1, ${ROWS}) i`)
})
afterAll(async () => {
  worker?.kill('SIGKILL')
  await api.stop()
  await source.stop()
  await database.drop()
  await rm(home, { recursive: true, force: true })
})

async function begin(): Promise<string> {
  const handle = (operation: { id: string }, params: Record<string, string>, body: object) => {
    const route = api.collection.routes.find((one) => one.operation.id === operation.id)!
    // What http hands over after its checks; these two look at nothing else.
    return route.handle({ caller: officer, reach: 'own', params, query: {}, body, signal: new AbortController().signal }, undefined as never, undefined as never)
  }
  const { id } = await handle(operations.createSource, {}, {
    name: '长表', kind: 'postgresql', settings: { host: '127.0.0.1', port: source.port, database: source.database, user: source.user, tls: 'off', utcOffset: '+08:00' },
    secrets: { password: source.password }, from: { object: 'public.long_one' }, mode: 'full', markColumn: null, keyColumns: [], drift: 'hold', schedule: null,
  }) as { id: string }
  return (await handle(operations.actOnSource, { id, action: 'run' }, {}) as { loadId: string }).loadId
}

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [WORKER, database.connectionString, home], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: { ...process.env, ...LOOPBACK } })
  if (child.stdout === null) throw new Error('no output to listen to')
  await once(child.stdout, 'data')
  return child
}
const rowsNoted = async (loadId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select (mark -> 'sheet' ->> 'rows')::int as n from collection.load_checkpoint where load_id = ${loadId}`.execute(database.store.db)
  return rows[0]?.n ?? 0
}

it('reads a source to the end though its process is killed in the middle, each row once', async () => {
  const loadId = await begin()
  worker = await startWorker()
  for (let noted = 0; noted === 0; noted = await rowsNoted(loadId)) {
    expect((await api.collection.findLoad(loadId))!.finishedAt).toBeNull()
    await sleep(20)
  }
  const ended = once(worker, 'exit')
  worker.kill('SIGKILL')
  await ended
  const before = await rowsNoted(loadId)
  expect(before).toBeLessThan(ROWS)

  worker = await startWorker()
  while ((await api.collection.findLoad(loadId))!.finishedAt === null) await sleep(100)
  const load = (await api.collection.findLoad(loadId))!
  expect(load).toMatchObject({ state: 'done', version: 1, rowsRead: ROWS, rowsStored: ROWS, rowsRejected: 0, error: null })
  const { rows } = await sql<{ outcome: string; reasons: string }>`select reconciliation ->> 'outcome' as outcome, detection ->> 'reasons' as reasons from collection.load where id = ${loadId}`.execute(database.store.db)
  expect(rows[0]?.reasons).toContain('source/continued')
  expect(rows[0]?.outcome).toBe('agrees')

  const engine = await createDuckDbEngine({ allowedDirectories: [home], temporaryDirectory: join(home, 'reader') })
  const { files, fields } = (await api.collection.lake.current(load.entryCode))!
  const [profile] = await engine.profile({ files, schema: fields })
  await engine.close()
  expect(profile).toMatchObject({ rows: ROWS, distinct: ROWS })
  for (const folder of ['incoming', 'scratch', 'lake/.staging']) expect(await readdir(join(home, folder))).toEqual([])
}, 120_000)
