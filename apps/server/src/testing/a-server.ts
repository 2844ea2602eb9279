import type { Role, User } from '@datong/contracts'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { createJobRunner } from '@datong/job-runner'
import { type Clock, systemClock, systemRandom } from '@datong/kernel'
import type { Store } from '@datong/metadata-store'
import { createTestDatabase } from '@datong/metadata-store/testing'
import type { InjectOptions } from 'fastify'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeModules, domainEvents, migrations, type Modules } from '../compose.ts'
import { readConfig } from '../config.ts'
import { createHttpServer, createLog, createMetrics, type HttpServer } from '../http/index.ts'
import { SYSTEM_ACTOR } from '../modules/identity/index.ts'
import { createCursorCodec } from '../platform/cursor.ts'

export const PASSWORD = 'correct horse battery'
/** Two departments and the bureau of a city that is not. */
export const CITY = '990100'
export const BUREAU = '11990100MB0000001A'
export const HERE = '11990100MB0000002B'
export const THERE = '11990100MB0000003C'

export interface TestServer extends Modules {
  readonly app: HttpServer['app']
  readonly store: Store
  readonly home: string
  /** Makes an account with these roles and signs it in; the answer's headers are those of its session. */
  as(role: Role | readonly Role[], organisation?: string | null): Promise<{ user: User; headers: { authorization: string } }>
  stop(): Promise<void>
}

/** Connections of the product's own server: some of its parts keep one for themselves. */
const POOL_SIZE = 24

/** The whole server on a database of its own, with three organisations; answers are checked against their schemas. */
export async function aServer(options: { readonly clock?: Clock; readonly empty?: boolean; readonly settings?: Readonly<Record<string, string>> } = {}): Promise<TestServer> {
  const database = await createTestDatabase(migrations, POOL_SIZE)
  const home = await mkdtemp(join(tmpdir(), 'datong-server-'))
  const { store } = database
  const log = createLog('silent')
  const clock = options.clock ?? systemClock
  const jobs = createJobRunner({ store, log, role: 'all', stopTimeoutMs: 5_000 })
  const secret = (): Uint8Array => new Uint8Array(randomBytes(32))
  const secrets = { cursorKey: secret(), sessionPepper: secret(), logSigningSeed: secret(), maskingKey: secret(), logOrigin: 'test.invalid/log' }
  const metrics = createMetrics()
  const engine = await createDuckDbEngine({ allowedDirectories: [home], temporaryDirectory: join(home, 'engine') })
  const config = readConfig({ ...options.settings, DATONG_HOME: home }, home)
  const composed = await composeModules({
    config, engine, redis: null, secrets, store, jobs, events: domainEvents(jobs), metrics,
    cursors: createCursorCodec(secrets.cursorKey), clock, random: systemRandom, log,
  })
  for (const module of composed.modules) await module.start?.()
  await jobs.start()
  if (options.empty !== true) await composed.identity.organisations.add({
    regions: [{ code: CITY, name: '某市', nameEn: 'Some City', parentCode: null, level: 'city' }],
    organisations: ([[BUREAU, '大数据局', 'bureau'], [HERE, '市场监管局', 'department'], [THERE, '税务局', 'department']] as const).map(
      ([code, name, kind]) => ({ code, name, nameEn: `The ${code}`, shortName: name, regionCode: CITY, kind, duties: [] })),
  }, SYSTEM_ACTOR)
  const server = await createHttpServer({
    routes: composed.modules.flatMap(({ routes }) => routes), plainRoutes: composed.modules.flatMap(({ plainRoutes }) => plainRoutes ?? []),
    authenticate: composed.identity.authenticate, probes: {}, metrics, log, clock, random: systemRandom, version: 'test', webRoot: null, checkAnswers: true, maxEventLoopDelayMs: 0,
    trustedProxies: config.trustedProxies,
  })
  let made = 0
  return {
    ...composed,
    app: server.app,
    store,
    home,
    as: async (role, organisation = HERE) => {
      const roles = typeof role === 'string' ? [role] : role
      const username = `${roles[0] ?? 'nobody'}${++made}`
      await composed.identity.users.create({ username, name: username, organisation, roles, password: PASSWORD }, SYSTEM_ACTOR)
      const answer = await server.app.inject({ method: 'POST', url: '/api/v1/session', payload: { username, password: PASSWORD } })
      const { token, user } = answer.json<{ token: string; user: User }>()
      return { user, headers: { authorization: `Bearer ${token}` } }
    },
    stop: async () => {
      await server.close(0)
      await jobs.stop()
      for (const module of [...composed.modules].reverse()) await module.stop?.()
      await engine.close()
      await database.drop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Sends a request and answers with its status and body. */
export async function ask(app: HttpServer['app'], request: InjectOptions): Promise<{ status: number; body: Record<string, unknown>; headers: Record<string, unknown> }> {
  const answer = await app.inject(request)
  return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json<Record<string, unknown>>(), headers: answer.headers }
}
