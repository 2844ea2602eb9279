import type { BodyOf, FileLink, operations, PushTarget, ResponseOf } from '@datong/contracts'
import { systemClock, systemRandom } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { migrations, type Modules } from '../../../compose.ts'
import { createHttpServer, createLog, createMetrics, type HttpServer } from '../../../http/index.ts'
import type { Caller } from '../../../platform/caller.ts'
import { CITY, HERE, THERE } from '../../../testing/a-server.ts'
import { daysAhead } from '../../../testing/days-ahead.ts'
import { composeOn } from '../../../testing/compose-on.ts'
import { peopleTable, personRow, until } from '../forms/testing.ts'
import { SYSTEM_ACTOR } from '../../identity/index.ts'
import { aMariadb, aPostgresql, type OtherDatabase, hasMariadb } from '../../../testing/databases.ts'

const WORKER = join(import.meta.dirname, '../../../testing/hold-worker.ts')
const ROWS = 20_000
const SETTINGS = { DATONG_OUTBOUND_LOOPBACK: 'allow' }

let database: TestDatabase
let home: string
let api: Modules & { stop(): Promise<void> }
let http: HttpServer
let worker: ChildProcess | undefined
let code: string
const callers = new Map<string, Caller>()

beforeAll(async () => {
  database = await createTestDatabase(migrations)
  home = await mkdtemp(join(tmpdir(), 'datong-push-kill-'))
  api = await composeOn(database.connectionString, home, 'api', SETTINGS)
  await api.identity.organisations.add({
    regions: [{ code: CITY, name: '某市', nameEn: 'Some City', parentCode: null, level: 'city' }],
    organisations: ([HERE, THERE] as const).map((organisation) => ({ code: organisation, name: organisation, nameEn: organisation, shortName: organisation, regionCode: CITY, kind: 'department' as const, duties: [] })),
  }, SYSTEM_ACTOR)
  for (const [name, role, organisation] of [['provider', 'provider', HERE], ['consumer', 'consumer', THERE], ['steward', 'steward', HERE], ['auditor', 'auditor', HERE]] as const) {
    const { account } = await api.identity.users.create({ username: name, name, organisation, roles: [role], password: 'correct horse battery' }, SYSTEM_ACTOR)
    callers.set(name, api.identity.users.callerOf(account))
  }
  http = await createHttpServer({
    routes: api.modules.flatMap(({ routes }) => routes), plainRoutes: [], probes: {}, metrics: createMetrics(), log: createLog('silent'), clock: systemClock, random: systemRandom,
    version: 'test', webRoot: null, maxEventLoopDelayMs: 0, authenticate: async ({ headers }) => ({ caller: callers.get(headers.authorization ?? '')!, csrfToken: null }),
  })
  worker = await startWorker()
  const source = async function* () {
    yield Buffer.from(table(1))
  }
  const { loadId, entryCode } = await api.collection.upload(source(), { fileName: '登记.csv' }, callers.get('provider')!)
  await until(async () => (await api.collection.findLoad(loadId))?.finishedAt !== null, 60_000)
  code = entryCode
  await call('provider', 'PATCH', `/api/v1/catalog/entries/${code}`, {
    summary: '登记', sharingType: 'conditional', sharingCondition: '核查', openingType: 'closed', fields: [{ name: '登记号', identifier: true }],
  })
  await call('provider', 'POST', `/api/v1/catalog/entries/${code}/actions/submit`, {})
  await call('steward', 'POST', `/api/v1/catalog/entries/${code}/actions/publish`, {})
  const asked = await call<{ id: string }>('consumer', 'POST', '/api/v1/sharing/applications', {
    entryCode: code, fields: ['登记号', '姓名', '金额'], purpose: '履职核查', use: '征管系统', delivery: 'api', until: daysAhead(300),
  } satisfies BodyOf<typeof operations.apply>)
  await call('provider', 'POST', `/api/v1/sharing/applications/${asked.id}/actions/approve`, {})
})
afterAll(async () => {
  worker?.kill('SIGKILL')
  await http.close(0)
  await api.stop()
  await database.drop()
  await rm(home, { recursive: true, force: true })
})

const table = (version: number): string => peopleTable(Array.from({ length: ROWS }, (_, row) => personRow(row, row % 3 === 0 ? { amount: `${version}.25` } : {})))

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [WORKER, database.connectionString, home], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: { ...process.env, ...SETTINGS } })
  if (child.stdout === null) throw new Error('no output to listen to')
  await once(child.stdout, 'data')
  return child
}

async function call<T>(who: string, method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object): Promise<T> {
  const answer = await http.app.inject({ method, url, headers: { authorization: who }, ...(payload === undefined ? {} : { payload }) })
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`)
  return answer.json<T>()
}

/** Whether a living worker is at it. */
const turnOf = async ({ id }: PushTarget): Promise<boolean> =>
  (await database.store.pool.query('select 1 from delivery.push_target where id = $1 and busy_until is not null', [id])).rowCount === 1

/** Kills the worker again and again while the push runs, each time a little later, and goes on with another one. */
async function killWhile(target: PushTarget, times: number): Promise<number> {
  const before = target.version
  const state = () => call<PushTarget>('consumer', 'GET', `/data/v1/${code}/push-targets/${target.id}`)
  let killed = 0
  for (; killed < times; killed++) {
    await until(async () => (await turnOf(target)) || (await state()).version !== before, 60_000)
    await sleep(100 + 120 * killed)
    if ((await state()).state !== 'running') break
    const ended = once(worker!, 'exit') // started before
    worker!.kill('SIGKILL')
    await ended
    // The turn of the dead is not waited for: that is the clock's work, not the push's.
    await database.store.pool.query(`update delivery.push_target set busy_until = null where id = $1`, [target.id])
    worker = await startWorker()
  }
  return killed
}

function contract(open: () => Promise<OtherDatabase>): void {
  /** Rows of which a record says that they were pushed. */
  async function recorded({ id }: PushTarget, version: number): Promise<number> {
    await api.evidence.sequenceNow()
    const { items } = await call<ResponseOf<typeof operations.listEvidence>>('auditor', 'GET', '/api/v1/evidence/entries?action=delivery.rows.pushed&limit=200')
    const details = items.map(({ body }) => body.detail as { pushTarget: string; version: number; rows: number }) // our own records
    return details.filter((detail) => detail.pushTarget === id && detail.version === version).reduce((sum, { rows }) => sum + rows, 0)
  }

  it('loses no row and doubles none, in the first push and in the next version, and records every row', async () => {
    const consumer = await open()
    const made = await call<ResponseOf<typeof operations.makePushTarget>>('consumer', 'POST', `/data/v1/${code}/push-targets`, {
      kind: consumer.kind, host: '127.0.0.1', port: consumer.port, database: consumer.database, table: 'people', user: consumer.user, password: consumer.password, tls: 'off',
    })
    const rows = async () => (await consumer.query('select * from people')).map((row) => `${String(row['登记号'])} ${Number(row['金额'])}`).sort()
    const expected = (version: number) => Array.from({ length: ROWS }, (_, row) => `B${String(row).padStart(6, '0')} ${row % 3 === 0 ? version + 0.25 : 100 + row / 4}`).sort()
    const { version: first } = await call<{ version: number }>('consumer', 'GET', `/data/v1/${code}`)
    const killed = await killWhile(made, 3)
    expect(killed).toBeGreaterThan(0)
    await until(async () => (await call<PushTarget>('consumer', 'GET', `/data/v1/${code}/push-targets/${made.id}`)).version === first, 90_000)
    expect(await rows()).toEqual(expected(first))
    expect(await recorded(made, first)).toBe(ROWS)
    const source = async function* () {
      yield Buffer.from(table(first + 1))
    }
    await api.collection.upload(source(), { fileName: '登记.csv', entryCode: code }, callers.get('provider')!)
    await killWhile({ ...made, version: first }, 2)
    await until(async () => (await call<PushTarget>('consumer', 'GET', `/data/v1/${code}/push-targets/${made.id}`)).version === first + 1, 90_000)
    expect(await rows()).toEqual(expected(first + 1))
    await call('consumer', 'POST', `/data/v1/${code}/push-targets/${made.id}/actions/pause`, {})
    await consumer.stop()
  }, 240_000)
}

describe('a push into PostgreSQL whose process is killed', () => contract(() => aPostgresql(inject('datongTestServer').url)))
describe.skipIf(!hasMariadb())('a push into MariaDB whose process is killed', () => contract(aMariadb))

describe('a link whose process is killed while it makes the file', () => {
  const unfinished = async (): Promise<string[]> => (await readdir(home, { recursive: true })).filter((name) => name.endsWith('.partial'))
  const made = async (): Promise<string[]> => readdir(join(home, 'links'))

  it('has a whole file in the end, made anew, and nothing is left of the first', async () => {
    const { id } = await call<FileLink>('consumer', 'POST', `/data/v1/${code}/links`, { format: 'xlsx' })
    await until(async () => (await unfinished()).length > 0, 60_000)
    const ended = once(worker!, 'exit') // started before
    worker!.kill('SIGKILL')
    await ended
    const state = () => call<FileLink>('consumer', 'GET', `/data/v1/${code}/links/${id}`)
    expect((await state()).state).toBe('preparing')
    expect(await unfinished()).toHaveLength(1)
    worker = await startWorker()
    await until(async () => (await state()).state !== 'preparing', 90_000)
    expect(await state()).toMatchObject({ state: 'ready', rows: ROWS })
    expect([await unfinished(), await made()]).toEqual([[], [id]])
  }, 240_000)
})
