import { MASKING_METHOD_IDS } from '@datong/anonymisation'
import type { DataEngine } from '@datong/data-engine'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { type JobRunner, createEventBus, createJobRunner, defineEvent } from '@datong/job-runner'
import { type Clock, isAppError, type Random, systemClock, systemRandom } from '@datong/kernel'
import { migrate, openStore, startEmbeddedPostgres, type Store } from '@datong/metadata-store'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { createHttpServer, createMetrics, type HttpServer, type Metrics, statusOf } from './http/index.ts'
import { calendarMigrations, createCalendar } from './modules/calendar/index.ts'
import { type Catalog, catalogMigrations, createCatalog } from './modules/catalog/index.ts'
import { collectionMigrations, createCollection } from './modules/collection/index.ts'
import { createDelivery, createMisses, createQuotas, DEFAULT_PUBLIC_QUOTA, type Delivery, deliveryMigrations } from './modules/delivery/index.ts'
import { createEvidence, evidenceMigrations } from './modules/evidence/index.ts'
import { createGovernance, DEFAULT_SLEEPING_AFTER_DAYS, governanceMigrations } from './modules/governance/index.ts'
import { createHarvest, harvestMigrations } from './modules/harvest/index.ts'
import { createIdentity, type Identity, identityMigrations } from './modules/identity/index.ts'
import { createInterchange, interchangeMigrations } from './modules/interchange/index.ts'
import { createLedger, ledgerMigrations } from './modules/ledger/index.ts'
import { createLists, type Lists, listsMigrations } from './modules/lists/index.ts'
import { createNotices, noticesMigrations, tellOfRecounting } from './modules/notices/index.ts'
import { createProtection, protectionMigrations } from './modules/protection/index.ts'
import { createQuality, type Quality, qualityMigrations } from './modules/quality/index.ts'
import { createSharing, type Sharing, sharingMigrations } from './modules/sharing/index.ts'
import { createStandards, type Standards, standardsMigrations } from './modules/standards/index.ts'
import { createTickets, type Tickets, ticketsMigrations } from './modules/tickets/index.ts'
import { createCursorCodec, type CursorCodec } from './platform/cursor.ts'
import type { EventBus } from './platform/events.ts'
import { createSealer } from './platform/seal.ts'
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
  readonly engine: DataEngine
  readonly redis: Redis | null
  readonly metrics: Metrics
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
}

/** Kinds of organisations that have a credit score. */
const JUDGED: ReadonlySet<string> = new Set(['department', 'bureau'])

/** The schema of every module that the program has. */
export const migrations = [
  ...evidenceMigrations, ...identityMigrations, ...calendarMigrations, ...standardsMigrations, ...catalogMigrations, ...collectionMigrations, ...qualityMigrations, ...ticketsMigrations, ...protectionMigrations,
  ...sharingMigrations, ...deliveryMigrations, ...listsMigrations, ...ledgerMigrations, ...interchangeMigrations, ...noticesMigrations, ...harvestMigrations, ...governanceMigrations,
]

/**
 * Wires the modules, each with only what it uses. A new module gets its lines here: made after those it leans on, named
 * in the answer, in `modules` (the order of starting), and its migrations above.
 */
export async function composeModules({ config, store, jobs, events, engine, redis, cursors, clock, random, log, secrets }: Foundation) {
  const evidence = createEvidence({
    store, jobs, cursors, clock, random, log, origin: secrets.logOrigin, signingSeed: secrets.logSigningSeed,
  })
  const identity = createIdentity({
    store, evidence, events, cursors, clock, random, log, sessionPepper: secrets.sessionPepper, longestKeyLifeDays: config.longestKeyLifeDays,
    publicUrl: config.publicUrl, sharedNonces: redis === null ? null : { add: async (name, lifeMs) => (await redis.set(name, '1', 'PX', lifeMs, 'NX')) === 'OK' },
  })
  const { organisations } = identity
  const workingDays = createCalendar({
    store, evidence, jobs, clock, log, recount: async () => [...await catalog.recountClocks(), ...await sharing.recountClocks()], tell: (recounted, key) => tellOfRecounting(notices.tell, recounted, key),
  })
  const calendar = workingDays.working
  const standards: Standards = createStandards({
    store, evidence, events, jobs, organisations, cursors, clock, random, log, entryOf: (code) => catalog.find(code), requireVisible: (code, caller) => catalog.requireVisible(code, caller),
    visible: async (codes, caller) => new Set((await catalog.findMany(codes)).flatMap((entry) => (catalog.isVisible(entry, caller) ? [entry.code] : []))),
    entryCodes: async () => (await catalog.publishedEntries()).map(({ code }) => code), contentOf: (code, version) => quality.contentOf(code, version),
  })
  const catalog: Catalog = createCatalog({
    db: store.db, evidence, events, organisations, maskingMethods: MASKING_METHOD_IDS, cursors, clock, calendar, random, jobs, log,
    search: { listen: store.listen, indexFile: join(config.home, 'search', 'entries.index') },
    publicUrl: config.publicUrl,
    callerOf: async (id) => {
      const account = await identity.users.find(id)
      return account && identity.users.callerOf(account)
    },
    divisionName: standards.divisionName, isElement: standards.isElement, isCodeList: (id) => standards.codesAt(id) !== undefined,
    moveData: async (trx, from, to, actor) => {
      await collection.moveDraft(trx, from, to, actor)
      await quality.moveDraft(trx, from, to)
      await standards.moveEntry(trx, from, to)
      await tickets.moveEntry(trx, from, to)
    },
  })
  const collection = await createCollection({
    store, jobs, evidence, events, catalog, engine, organisations, standards, cursors, clock, calendar, random, log, homeFolder: config.home, lakeFolder: config.lakeDir, takesChanges: config.role !== 'api',
    sealer: createSealer(secrets.maskingKey), outbound: config.forms, dropFolder: config.dropDir, maxUploadBytes: config.maxFileBytes, keepFreeBytes: config.keepFreeBytes,
    publicUrl: config.publicUrl, grantedVersions: (entryCode) => sharing.fixedVersions(entryCode), inputOf: (organisation, entryCode) => delivery.inputOf(organisation, entryCode),
    isHeldBack: (entryCode, number, trx) => quality.isHeldBack(entryCode, number, trx),
  })
  const quality: Quality = createQuality({
    db: store.db, evidence, events, jobs, catalog, collection, standards, engine, organisations, cursors, clock, random, log, sealer: createSealer(secrets.maskingKey),
    outbound: config.forms, askRows: (entryCode, signal) => delivery.askRows(entryCode, signal).then(() => 200, statusOfFailure),
  })
  const tickets: Tickets = createTickets({
    db: store.db, evidence, events, catalog, collection, engine, organisations, users: identity.users, sealer: createSealer(secrets.maskingKey), cursors, clock, random, calendar, log,
  })
  const protection = createProtection({ db: store.db, evidence, events, catalog, collection, quality, engine, clock, pseudonymKey: secrets.maskingKey })
  const sharing: Sharing = createSharing({
    db: store.db, jobs, log, evidence, events, catalog, organisations, apps: identity.apps, hasVersion: collection.hasVersion, maskingMethods: MASKING_METHOD_IDS, cursors, clock, random, calendar,
    forbidden: (entryCode) => lists.forbidden(entryCode),
    useOf: (grantIds) => delivery.useOf(grantIds), creditOf: (organisation) => governance.creditOf(organisation),
  })
  const delivery: Delivery = createDelivery({
    store, evidence, events, catalog, sharing, lake: collection.lake, captured: collection.captured, comparedBy: collection.comparedBy, findObject: collection.findObject, engine, organisations, cursors, clock, log,
    maskOf: protection.maskOf,
    quotas: createQuotas({ clock, ...(redis === null ? {} : { redis }) }), misses: createMisses({ clock, ...(redis === null ? {} : { redis }) }), publicQuota: DEFAULT_PUBLIC_QUOTA,
    workFolder: join(config.home, 'downloads'), linkFolder: join(config.home, 'links'),
    apps: identity.apps, jobs, random, sealer: createSealer(secrets.maskingKey), forms: config.forms, signaturesFrom: config.signaturesFrom, watermarkFrom: config.watermarkFrom,
  })
  const outside = { db: store.db, organisations, catalog, events, cursors, clock, log, publicUrl: config.publicUrl, forms: config.forms, openFiles: delivery.openFiles, questions: delivery.questions, authenticate: identity.authenticate }
  const interchange = createInterchange(outside, outside)
  const harvest = createHarvest({
    db: store.db, jobs, evidence, events, catalog, cursors, clock, random, log, settings: config.forms, workFolder: join(config.home, 'harvest'),
    organisations: { ref: organisations.ref, has: (code) => organisations.find(code) !== undefined },
  })
  const lists: Lists = createLists({
    db: store.db, evidence, events, catalog, organisations, cursors, clock, random, calendar,
    missedSearches: async (since) => (await catalog.searchesWithoutResult(since)).map(({ query, count }) => ({ words: query, times: count })),
  })
  const ledger = createLedger({
    db: store.db, evidence, events, catalog, cursors, clock, random, organisations: { ref: organisations.ref, has: (code) => organisations.find(code) !== undefined },
  })
  const notices = createNotices({ db: store.db, events, catalog, sharing, lists, tickets, organisations, cursors, clock, random, log })
  const governance = createGovernance({
    db: store.db, evidence, notices, catalog, tickets, sharing, delivery, cursors, clock, log, sleepingAfterDays: DEFAULT_SLEEPING_AFTER_DAYS,
    organisations: { ref: organisations.ref, codes: () => organisations.list().flatMap(({ kind, code, merger }) => (JUDGED.has(kind) && merger?.done !== true ? [code] : [])) },
  })
  const modules: readonly ServerModule[] = [evidence, identity, workingDays, standards, catalog, collection, quality, tickets, protection, sharing, delivery, lists, ledger, interchange, harvest, notices, governance]
  return { evidence, identity, standards, catalog, collection, quality, tickets, protection, sharing, delivery, interchange, governance, modules }
}

/** The status that a call would have had that met this. */
const statusOfFailure = (error: unknown): number => (isAppError(error) ? statusOf(error.code)?.status : undefined) ?? 500

/** Only who is there, for commands beside the server: what they record waits for the server to sequence it. */
export function composeAccounts(parts: Pick<Foundation, 'store' | 'secrets' | 'clock' | 'random' | 'log'>): Identity {
  const { store, secrets, log } = parts
  const cursors = createCursorCodec(secrets.cursorKey)
  const jobs = createJobRunner({ store, log, role: 'api' })
  const evidence = createEvidence({ ...parts, jobs, cursors, origin: secrets.logOrigin, signingSeed: secrets.logSigningSeed })
  // No call comes in here, and no key is made.
  return createIdentity({ ...parts, evidence, events: domainEvents(jobs), cursors, sessionPepper: secrets.sessionPepper, longestKeyLifeDays: 0, publicUrl: null, sharedNonces: null })
}

export type Modules = Awaited<ReturnType<typeof composeModules>>

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
 * @param onDatabaseLost told when the embedded database died and cannot be started again
 * @throws AppError `store/…`
 */
export async function compose(
  config: Config, secrets: Secrets, log: Logger, clock: Clock = systemClock, onDatabaseLost: (error: unknown) => void = () => undefined,
): Promise<Datong> {
  const undo: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly'))
  }
  try {
    const store = await openDatabase(config, log, undo, onDatabaseLost)
    await migrate(store.db, migrations, log)
    const jobs = createJobRunner({ store, log, role: config.role, stopTimeoutMs: 10_000 })
    const metrics = createMetrics()
    const engine = await openEngine(config, undo)
    const redis = config.redisUrl === null ? null : new Redis(config.redisUrl, { enableOfflineQueue: false })
    if (redis !== null) undo.push(async () => redis.disconnect())
    const composed = await composeModules({
      config, secrets, store, jobs, engine, redis, events: domainEvents(jobs), metrics, cursors: createCursorCodec(secrets.cursorKey),
      clock, random: systemRandom, log,
    })
    for (const module of composed.modules) {
      undo.push(async () => module.stop?.())
      await module.start?.()
    }
    undo.push(() => jobs.stop())
    await jobs.start()
    const http = await createHttp(config, composed, { store, engine, metrics, log })
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

async function openDatabase(config: Config, log: Logger, undo: (() => Promise<void>)[], onGivenUp: (error: unknown) => void): Promise<Store> {
  let connection: Parameters<typeof openStore>[0]['connection']
  if (config.databaseUrl === null) {
    const postgres = await startEmbeddedPostgres({ dataDir: join(config.home, 'postgres'), log, onGivenUp })
    undo.push(() => postgres.stop())
    connection = postgres.connection
  } else connection = config.databaseUrl
  const store = await openStore({ connection, log, poolSize: 24 })
  undo.push(() => store.close())
  return store
}

/** DuckDB in this process, shut in the folders that it works on. */
async function openEngine(config: Config, undo: (() => Promise<void>)[]): Promise<DataEngine> {
  const engine = await createDuckDbEngine({ allowedDirectories: [config.home, config.lakeDir], temporaryDirectory: join(config.home, 'engine') })
  undo.push(() => engine.close())
  return engine
}

/** A worker answers health and metrics only. */
async function createHttp(
  config: Config, composed: Modules, { store, engine, metrics, log }: Pick<Foundation, 'store' | 'engine' | 'metrics' | 'log'>,
): Promise<HttpServer> {
  const serves = config.role !== 'worker'
  return createHttpServer({
    routes: serves ? composed.modules.flatMap(({ routes }) => routes) : [],
    plainRoutes: serves ? composed.modules.flatMap(({ plainRoutes }) => plainRoutes ?? []) : [],
    authenticate: composed.identity.authenticate,
    probes: {
      database: async () => void (await sql`select 1`.execute(store.db)),
      engine: async () => {
        await access(config.lakeDir, constants.R_OK | constants.W_OK)
        await engine.ping()
      },
      log: async () => {
        if (!(await composed.evidence.isWell())) throw new Error('the evidence log does not move')
      },
    },
    metrics, log, clock: systemClock, random: systemRandom, version: VERSION, trustedProxies: config.trustedProxies, webRoot: serves ? WEB_ROOT : null, pageHead: composed.interchange.pageHead,
  })
}

/** A crash counts as an attempt: reactions to events outlive many of them. */
const EVENT_RETRIES = 10

/** The house's events by name over the job runner's bus. */
export function domainEvents(jobs: JobRunner): EventBus {
  const bus = createEventBus(jobs)
  return {
    publish: (trx, name, payload) => bus.publish(trx, defineEvent<typeof payload>(name), payload),
    subscribe: (name, subscriber, handler) => bus.subscribe(defineEvent<Parameters<typeof handler>[0]>(name), subscriber, handler, { retryLimit: EVENT_RETRIES }),
  }
}
