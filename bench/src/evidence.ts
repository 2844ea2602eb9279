import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock, systemRandom } from '@datong/kernel'
import { migrate, openStore, type Store, startEmbeddedPostgres } from '@datong/metadata-store'
import { sql } from 'kysely'
import { createEvidence, type Evidence, type EvidenceDraft, evidenceMigrations } from '../../apps/server/src/modules/evidence/index.ts'
import { createCursorCodec } from '../../apps/server/src/platform/cursor.ts'
import type { Benchmark } from './benchmark.ts'
import { temporaryFolder, withCleanup } from './cleanup.ts'
import { quantile, round } from './statistics.ts'

const WRITERS = 50
const WARM_UP_MS = 2_000
const MEASURE_MS = 10_000

/** All from the same store, one after the other. */
type EvidenceFigures = {
  /** Accesses made durable a second by group commit, with `WRITERS` that each wait for theirs. */
  readonly entriesPerSecond: number
  readonly waitP50Ms: number
  readonly waitP99Ms: number
  /** The same records, each committed in a transaction of its own. */
  readonly oneByOnePerSecond: number
  readonly oneByOneP50Ms: number
  /** Records given their place in the signed log a second, meanwhile and until none waited. */
  readonly sequencedPerSecond: number
  /** How long the oldest waiting record had waited for its place, looked at every 100 ms under this load. */
  readonly sequencingLagP95Ms: number
}

/** How many evidence entries become durable a second, on a fresh store with all safety on. */
export const evidenceBenchmark: Benchmark = {
  name: 'evidence',
  run: () => withCleanup(async (defer) => {
    const folder = await temporaryFolder(defer, 'evidence')
    const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'store'), durable: true })
    defer(() => postgres.stop())
    const store = await openStore({ connection: postgres.connection, poolSize: WRITERS + 6 })
    defer(() => store.close())
    return measureStore(store)
  }),
}

async function measureStore(store: Store): Promise<EvidenceFigures> {
  await migrate(store.db, evidenceMigrations)
  await sql`create table usage_day (day date, grant_id text, calls bigint, rows bigint, primary key (day, grant_id))`.execute(store.db)
  const log = { info: () => undefined, warn: console.warn, error: console.error }
  const evidence: Evidence = createEvidence({
    store, clock: systemClock, random: systemRandom, log, origin: 'bench.local/log', signingSeed: systemRandom.bytes(32),
    cursors: createCursorCodec(systemRandom.bytes(32)),
    // No audit is asked for here, so nothing is queued.
    jobs: { enqueue: async () => undefined, work: async () => undefined },
  })
  evidence.onUsage(async (client, batch) => {
    await client.query({
      name: 'meter',
      text: `insert into usage_day select current_date, $1, $2, $3 on conflict (day, grant_id)
        do update set calls = usage_day.calls + excluded.calls, rows = usage_day.rows + excluded.rows`,
      values: ['grant', batch.length, batch.reduce((sum, { rows }) => sum + rows, 0)],
    })
  })
  const oneByOne = await underLoad((n) => store.db.transaction().execute((trx) => evidence.record(trx, draft(n))))
  await evidence.start?.()
  while ((await backlog(store)).waiting > 0) await sleep(20)
  const { entries: before } = await backlog(store)
  const started = performance.now()
  const lags: number[] = []
  const looking = new AbortController()
  const looked = lookAtLag(store, lags, looking.signal)
  const grouped = await underLoad((n) => evidence.recordAccess(draft(n), {
    grantId: null, entryCode: '306007-000001', organisation: null, rows: 20, bytes: 4_000,
  }))
  looking.abort()
  await looked
  while ((await backlog(store)).waiting > 0) await sleep(20)
  const { entries: after } = await backlog(store)
  const sequencedPerSecond = Math.round((1_000 * (after - before)) / (performance.now() - started))
  await evidence.stop?.()
  return {
    entriesPerSecond: grouped.perSecond, waitP50Ms: grouped.p50Ms, waitP99Ms: grouped.p99Ms,
    oneByOnePerSecond: oneByOne.perSecond, oneByOneP50Ms: oneByOne.p50Ms, sequencedPerSecond,
    sequencingLagP95Ms: round(quantile(lags, 0.95)),
  }
}

async function backlog(store: Store): Promise<{ waiting: number; lagMs: number; entries: number }> {
  const { rows } = await sql<{ waiting: number; lagMs: number; entries: number }>`
    select count(*) as waiting, coalesce(extract(epoch from clock_timestamp() - min(at)) * 1000, 0)::float8 as "lagMs",
      (select coalesce(max(leaf_index) + 1, 0) from evidence.entry) as entries from evidence.pending`.execute(store.db)
  return rows[0] ?? { waiting: 0, lagMs: 0, entries: 0 }
}

async function lookAtLag(store: Store, lags: number[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    lags.push((await backlog(store)).lagMs)
    await sleep(100)
  }
}

/** Lets `WRITERS` work side by side, each waiting for its own before it begins the next. */
async function underLoad(work: (n: number) => Promise<unknown>): Promise<{ perSecond: number; p50Ms: number; p99Ms: number }> {
  const waits: number[] = []
  const begin = performance.now() + WARM_UP_MS
  const end = begin + MEASURE_MS
  let n = 0
  await Promise.all(Array.from({ length: WRITERS }, async () => {
    for (let now = performance.now(); now < end; ) {
      await work(n++)
      const after = performance.now()
      if (now >= begin && after <= end) waits.push(after - now)
      now = after
    }
  }))
  return { perSecond: Math.round((1_000 * waits.length) / MEASURE_MS), p50Ms: round(quantile(waits, 0.5), 2), p99Ms: round(quantile(waits, 0.99), 2) }
}

const draft = (n: number): EvidenceDraft => ({
  chain: 'access',
  action: 'delivery.rows.read',
  actor: { kind: 'application', id: `app-${n % 20}`, name: '企业信息核验系统', organisation: '11330000000000001X' },
  parties: ['11330000000000001X', '11330000000000002X'],
  subject: { type: 'entry', id: `306007-${String(n % 50).padStart(6, '0')}`, title: '企业登记基本信息' },
  detail: { grant: 'S2026-0001', fields: ['name', 'code', 'address'], filter: { code: `91330000${n}` }, rows: 20, version: 3 },
})
