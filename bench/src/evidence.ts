import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock, systemRandom } from '@datong/kernel'
import { migrate, openStore, type Store, startEmbeddedPostgres } from '@datong/metadata-store'
import { sql } from 'kysely'
import { createEvidence, type Evidence, type EvidenceDraft, evidenceMigrations } from '../../apps/server/src/modules/evidence/index.ts'
import { createCursorCodec } from '../../apps/server/src/platform/cursor.ts'
import type { Benchmark } from './benchmark.ts'
import { temporaryFolder, withCleanup } from './cleanup.ts'
import { cpuMicrosOf } from './delivery/cpu-time.ts'
import { quantile, round } from './statistics.ts'

const WRITERS = 50
const WARM_UP_MS = 2_000
const MEASURE_MS = 10_000
/** What the governed calls of two cores ask for. */
const STEADY_PER_SECOND = 6_000

/** All from the same store, one after the other. */
type EvidenceFigures = {
  /** Accesses made durable a second by group commit, with `WRITERS` that each wait for theirs. */
  readonly entriesPerSecond: number
  readonly waitP50Ms: number
  readonly waitP99Ms: number
  /** Processor time of server and database for one of them, its place in the log and its metering included, in microseconds. */
  readonly cpuMicros: number
  /** Decisions, each committed in a transaction of its own. */
  readonly oneByOnePerSecond: number
  readonly oneByOneP50Ms: number
  readonly oneByOneCpuMicros: number
  /** Accesses that come by themselves at that rate, whether the ones before are done or not. */
  readonly steady: { readonly perSecond: number; readonly cpuMicros: number; readonly waitP50Ms: number; readonly waitP99Ms: number }
  /** Records given their place in the signed log a second, meanwhile and until none waited. */
  readonly sequencedPerSecond: number
  /** How long the oldest waiting record had waited for its place, looked at every 100 ms under this load. */
  readonly sequencingLagP95Ms: number
}

/** How many evidence entries become durable a second, on a fresh store with all safety on, and what one costs. */
export const evidenceBenchmark: Benchmark = {
  name: 'evidence',
  run: () => withCleanup(async (defer) => {
    const folder = await temporaryFolder(defer, 'evidence')
    const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'store'), durable: true })
    defer(() => postgres.stop())
    const store = await openStore({ connection: postgres.connection, poolSize: WRITERS + 6 })
    defer(() => store.close())
    return measureStore(store, () => cpuMicrosOf([process.pid, postgres.pid]))
  }),
}

async function measureStore(store: Store, cpuSoFar: () => number): Promise<EvidenceFigures> {
  await migrate(store.db, evidenceMigrations)
  await sql`create table usage_day (day date, grant_id text, calls bigint, rows bigint, primary key (day, grant_id))`.execute(store.db)
  const evidence = evidenceOn(store)
  const oneByOne = await underLoad((n) => store.db.transaction().execute((trx) => evidence.record(trx, { ...access(n), chain: 'decision' })), cpuSoFar)
  await evidence.start?.()
  const { entries: before } = await backlog(store)
  const started = performance.now()
  const lags: number[] = []
  const looking = new AbortController()
  const looked = lookAtLag(store, lags, looking.signal)
  const record = recorder(evidence)
  const grouped = await underLoad(record, cpuSoFar)
  looking.abort()
  await looked
  while ((await backlog(store)).waiting > 0) await sleep(20)
  const { entries: after } = await backlog(store)
  const sequencedPerSecond = Math.round((1_000 * (after - before)) / (performance.now() - started))
  const steady = await atRate(STEADY_PER_SECOND, record, cpuSoFar)
  await evidence.stop?.()
  return {
    entriesPerSecond: grouped.perSecond, waitP50Ms: grouped.p50Ms, waitP99Ms: grouped.p99Ms, cpuMicros: grouped.cpuMicros,
    oneByOnePerSecond: oneByOne.perSecond, oneByOneP50Ms: oneByOne.p50Ms, oneByOneCpuMicros: oneByOne.cpuMicros, sequencedPerSecond,
    sequencingLagP95Ms: round(quantile(lags, 0.95)),
    steady: { perSecond: steady.perSecond, cpuMicros: steady.cpuMicros, waitP50Ms: steady.p50Ms, waitP99Ms: steady.p99Ms },
  }
}

/** The module as the server has it, with a sink as delivery's is. */
function evidenceOn(store: Store): Evidence {
  const log = { info: () => undefined, warn: console.warn, error: console.error }
  const evidence = createEvidence({
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
      values: ['grant', batch.reduce((sum, { calls }) => sum + calls, 0), batch.reduce((sum, { rows }) => sum + rows, 0)],
    })
  })
  return evidence
}

async function backlog(store: Store): Promise<{ waiting: number; lagMs: number; entries: number }> {
  const { rows } = await sql<{ waiting: number; lagMs: number; entries: number }>`
    select (select count(*) from evidence.pending) + (select coalesce(sum(count), 0) from evidence.unplaced) as waiting,
      coalesce((select extract(epoch from clock_timestamp() - uuid_extract_timestamp(segment_id)) * 1000 from evidence.unplaced
        order by segment_id limit 1), 0)::float8 as "lagMs",
      (select coalesce(max(size), 0) from evidence.checkpoint) as entries`.execute(store.db)
  return rows[0] ?? { waiting: 0, lagMs: 0, entries: 0 }
}

async function lookAtLag(store: Store, lags: number[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    lags.push((await backlog(store)).lagMs)
    await sleep(100)
  }
}

interface Load {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuMicros: number
}

/** Counts what ends between the two times, and the processor time meanwhile. */
async function measure(cpuSoFar: () => number, drive: (until: number, ended: (begun: number) => void) => Promise<void>): Promise<Load> {
  const waits: number[] = []
  const begin = performance.now() + WARM_UP_MS
  const end = begin + MEASURE_MS
  let [cpuBefore, cpuAfter] = [Number.NaN, Number.NaN]
  setTimeout(() => (cpuBefore = cpuSoFar()), WARM_UP_MS)
  setTimeout(() => (cpuAfter = cpuSoFar()), WARM_UP_MS + MEASURE_MS)
  await drive(end + 100, (begun) => {
    const now = performance.now()
    if (now >= begin && now <= end) waits.push(now - begun)
  })
  return {
    perSecond: Math.round((1_000 * waits.length) / MEASURE_MS), p50Ms: round(quantile(waits, 0.5), 2), p99Ms: round(quantile(waits, 0.99), 2),
    cpuMicros: round((cpuAfter - cpuBefore) / waits.length, 1),
  }
}

/** Lets `WRITERS` work side by side, each waiting for its own before it begins the next. */
function underLoad(work: (n: number) => Promise<unknown>, cpuSoFar: () => number): Promise<Load> {
  let n = 0
  return measure(cpuSoFar, async (until, ended) => {
    await Promise.all(Array.from({ length: WRITERS }, async () => {
      for (let begun = performance.now(); begun < until; begun = performance.now()) {
        await work(n++)
        ended(begun)
      }
    }))
  })
}

/** Begins work at an even rate, however long each piece takes. */
function atRate(perSecond: number, work: (n: number) => Promise<unknown>, cpuSoFar: () => number): Promise<Load> {
  return measure(cpuSoFar, async (until, ended) => {
    const started = performance.now()
    let last: Promise<unknown> = Promise.resolve()
    for (let n = 0; performance.now() < until; await sleep(1)) {
      for (const due = ((performance.now() - started) * perSecond) / 1_000; n < due; n++) {
        const begun = performance.now()
        last = work(n).then(() => ended(begun))
      }
    }
    await last
  })
}

const GRANTS = 20
const FIELDS = ['name', 'code', 'address']

const access = (n: number): EvidenceDraft & { chain: 'access' } => ({
  chain: 'access',
  action: 'delivery.rows.read',
  actor: { kind: 'application', id: `app-${n % GRANTS}`, name: '企业信息核验系统', organisation: '11330000000000001X' },
  parties: ['11330000000000001X', '11330000000000002X'],
  subject: { type: 'entry', id: `306007-${String(n % 50).padStart(6, '0')}`, title: '企业登记基本信息' },
  detail: { grant: 'S2026-0001', grantId: '0192f0c1-7a1b-7c3d-8e4f-000000000001', fields: FIELDS, version: 3 },
})

/** Records accesses as delivery does: by templates, one for each key and plan, with the hash of the answer in each record. */
function recorder(evidence: Evidence): (n: number) => Promise<string> {
  const templates = Array.from({ length: GRANTS }, (_, n) => {
    const { chain: _chain, ...frame } = access(n)
    return evidence.accessTemplate({ ...frame, usage: { grantId: null, entryCode: frame.subject.id, organisation: frame.actor.organisation } })
  })
  const hash = Buffer.from(systemRandom.bytes(32)).toString('base64url')
  return (n) => {
    const template = templates[n % GRANTS]
    if (template === undefined) throw new Error('no template')
    return template.record({ conditions: ['code.eq'], rows: 20, bytes: 4_000, answerHash: `${hash}${n}` }, { rows: 20, bytes: 4_000 })
  }
}
