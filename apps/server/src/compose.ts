import { type JobRunner, createEventBus, createJobRunner, defineEvent } from '@datong/job-runner'
import { type Clock, type Random, systemClock, systemRandom } from '@datong/kernel'
import { migrate, openStore, startEmbeddedPostgres, type Store } from '@datong/metadata-store'
import { sql } from 'kysely'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { createHttpServer, createMetrics, type HttpServer, type Metrics } from './http/index.ts'
import { createEvidence, evidenceMigrations } from './modules/evidence/index.ts'
import { createIdentity, type Identity, identityMigrations } from './modules/identity/index.ts'
import { createCursorCodec, type CursorCodec } from './platform/cursor.ts'
import type { EventBus } from './platform/events.ts'
import type { ServerModule } from './platform/server-module.ts'
import type { Secrets } from './secrets.ts'
import { listenFailure } from './start-failure.ts'

/** Everything that modules are made of. */
interface Foundation {
  readonly config: Config
  readonly secrets: Secrets
  readonly store: Store
  readonly jobs: JobRunner
  readonly events: EventBus
  readonly metrics: Metrics
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
}

/** The schema of every module that the program has. */
export const migrations = [...evidenceMigrations, ...identityMigrations]

/**
 * Wires the modules, each with only what it uses. A new module gets its lines here: made after those it leans on, named
 * in the answer, in `modules` (the order of starting), and its migrations above.
 */
export function composeModules({ store, jobs, cursors, clock, random, log, secrets }: Foundation) {
  const evidence = createEvidence({
    store, jobs, cursors, clock, random, log, origin: secrets.logOrigin, signingSeed: secrets.logSigningSeed,
  })
  const identity = createIdentity({ store, evidence, cursors, clock, random, log, sessionPepper: secrets.sessionPepper })
  const modules: readonly ServerModule[] = [evidence, identity]
  return { evidence, identity, modules }
}

/** Only who is there, for commands beside the server: what they record waits for the server to sequence it. */
export function composeAccounts(parts: Pick<Foundation, 'store' | 'secrets' | 'clock' | 'random' | 'log'>): Identity {
  const { store, secrets, log } = parts
  const cursors = createCursorCodec(secrets.cursorKey)
  const jobs = createJobRunner({ store, log, role: 'api' })
  const evidence = createEvidence({ ...parts, jobs, cursors, origin: secrets.logOrigin, signingSeed: secrets.logSigningSeed })
  return createIdentity({ ...parts, evidence, cursors, sessionPepper: secrets.sessionPepper })
}

export type Modules = ReturnType<typeof composeModules>

/** A running Datong. */
export interface Datong extends Modules {
  readonly store: Store
  readonly http: HttpServer
  /** @returns the address @throws StartFailure when it cannot be listened on */
  listen(): Promise<string>
  /** Takes no more requests, lets what runs end, and closes everything in order. */
  stop(): Promise<void>
}

const VERSION = '0.1.0'
const WEB_ROOT = join(import.meta.dirname, '..', '..', 'web', 'dist')

/**
 * Starts everything but the port: database, migrations, modules, jobs, and the HTTP server ready to listen.
 * @throws AppError `store/…`
 */
export async function compose(config: Config, secrets: Secrets, log: Logger): Promise<Datong> {
  const undo: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly'))
  }
  try {
    const store = await openDatabase(config, log, undo)
    await migrate(store.db, migrations, log)
    const jobs = createJobRunner({ store, log, role: config.role, stopTimeoutMs: 10_000 })
    const metrics = createMetrics()
    const composed = composeModules({
      config, secrets, store, jobs, events: domainEvents(jobs), metrics, cursors: createCursorCodec(secrets.cursorKey),
      clock: systemClock, random: systemRandom, log,
    })
    for (const module of composed.modules) {
      undo.push(async () => module.stop?.())
      await module.start?.()
    }
    undo.push(() => jobs.stop())
    await jobs.start()
    const http = await createHttp(config, composed, store, metrics, log)
    undo.push(() => http.close())
    const listen = async (): Promise<string> => {
      try {
        return await http.listen(config.host, config.port)
      } catch (error) {
        throw listenFailure(error, config.host, config.port)
      }
    }
    return { ...composed, store, http, listen, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openDatabase(config: Config, log: Logger, undo: (() => Promise<void>)[]): Promise<Store> {
  let connection: Parameters<typeof openStore>[0]['connection']
  if (config.databaseUrl === null) {
    const postgres = await startEmbeddedPostgres({ dataDir: join(config.home, 'postgres'), log })
    undo.push(() => postgres.stop())
    connection = postgres.connection
  } else connection = config.databaseUrl
  const store = await openStore({ connection, log, poolSize: 24 })
  undo.push(() => store.close())
  return store
}

/** A worker answers health and metrics only. */
async function createHttp(config: Config, composed: Modules, store: Store, metrics: Metrics, log: Logger): Promise<HttpServer> {
  const serves = config.role !== 'worker'
  return createHttpServer({
    routes: serves ? composed.modules.flatMap(({ routes }) => routes) : [],
    plainRoutes: serves ? composed.modules.flatMap(({ plainRoutes }) => plainRoutes ?? []) : [],
    authenticate: composed.identity.authenticate,
    probes: {
      database: async () => void (await sql`select 1`.execute(store.db)),
      log: async () => {
        if (!(await composed.evidence.isWell())) throw new Error('the evidence log does not move')
      },
    },
    metrics, log, clock: systemClock, random: systemRandom, version: VERSION, webRoot: serves ? WEB_ROOT : null,
  })
}

/** The house's events by name over the job runner's bus. */
export function domainEvents(jobs: JobRunner): EventBus {
  const bus = createEventBus(jobs)
  return {
    publish: (trx, name, payload) => bus.publish(trx, defineEvent<typeof payload>(name), payload),
    subscribe: (name, subscriber, handler) => bus.subscribe(defineEvent<Parameters<typeof handler>[0]>(name), subscriber, handler),
  }
}
