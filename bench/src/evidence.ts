import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock, systemRandom } from '@datong/kernel'
import { migrate, openStore, type Store, startEmbeddedPostgres } from '@datong/metadata-store'
import { sql } from 'kysely'
import { createEvidence, type Evidence, type EvidenceDraft, evidenceMigrations } from '../../apps/server/src/modules/evidence/index.ts'
import { createCursorCodec } from '../../apps/server/src/platform/cursor.ts'

const WRITERS = 50
const WARM_UP_MS = 2_000
const MEASURE_MS = 10_000

export interface EvidenceFigures {
  /** Accesses made durable a second by group commit, with `WRITERS` that each wait for theirs. */
  readonly entriesPerSecond: number
  readonly waitP50Ms: number
  readonly waitP99Ms: number
  /** The same records, each committed in a transaction of its own. */
  readonly oneByOnePerSecond: number
  readonly oneByOneP50Ms: number
  /** Records given their place in the signed log a second, meanwhile and until none waited. */
  readonly sequencedPerSecond: number
}

export interface BenchmarkResult extends EvidenceFigures {
  readonly machine: string
  readonly date: string
  readonly commit: string
}

/** Measures how many evidence entries become durable a second, on a fresh store with all safety on. */
export async function run(): Promise<BenchmarkResult> {
  const folder = await mkdtemp(join(tmpdir(), 'datong-bench-evidence-'))
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'store'), durable: true })
  try {
    const store = await openStore({ connection: postgres.connection, poolSize: WRITERS + 6 })
    try {
      const result = { ...describeRun(), ...(await measureStore(store)) }
      await writeResult(result)
      return result
    } finally {
      await store.close()
    }
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** For the list of benchmarks. */
export const evidenceBenchmark = { name: 'evidence', run } as const

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
  const started = performance.now()
  const grouped = await underLoad((n) => evidence.recordAccess(draft(n), {
    grantId: null, entryCode: '306007-000001', organisation: null, rows: 20, bytes: 4_000,
  }))
  while ((await evidence.sequenceNow()) > 0 || (await waiting(store)) > 0) await new Promise((resolve) => setTimeout(resolve, 20))
  const { rows } = await sql<{ n: number }>`select count(*) as n from evidence.entry`.execute(store.db)
  const sequencedPerSecond = Math.round((1_000 * (rows[0]?.n ?? 0)) / (performance.now() - started))
  await evidence.stop?.()
  return {
    entriesPerSecond: grouped.perSecond, waitP50Ms: grouped.p50Ms, waitP99Ms: grouped.p99Ms,
    oneByOnePerSecond: oneByOne.perSecond, oneByOneP50Ms: oneByOne.p50Ms, sequencedPerSecond,
  }
}

async function waiting(store: Store): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from evidence.pending`.execute(store.db)
  return rows[0]?.n ?? 0
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
  waits.sort((a, b) => a - b)
  const quantile = (q: number): number => Number((waits[Math.floor(q * (waits.length - 1))] ?? 0).toFixed(2))
  return { perSecond: Math.round((1_000 * waits.length) / MEASURE_MS), p50Ms: quantile(0.5), p99Ms: quantile(0.99) }
}

const draft = (n: number): EvidenceDraft => ({
  chain: 'access',
  action: 'delivery.rows.read',
  actor: { kind: 'application', id: `app-${n % 20}`, name: '企业信息核验系统', organisation: '11330000000000001X' },
  parties: ['11330000000000001X', '11330000000000002X'],
  subject: { type: 'entry', id: `306007-${String(n % 50).padStart(6, '0')}`, title: '企业登记基本信息' },
  detail: { grant: 'S2026-0001', fields: ['name', 'code', 'address'], filter: { code: `91330000${n}` }, rows: 20, version: 3 },
})

function describeRun(): Pick<BenchmarkResult, 'machine' | 'date' | 'commit'> {
  const machine = `${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GiB`
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  return { machine, date: new Date().toISOString(), commit }
}

async function writeResult(result: BenchmarkResult): Promise<void> {
  const folder = fileURLToPath(new URL('../results/', import.meta.url))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'evidence.json'), `${JSON.stringify(result, null, 2)}\n`)
}

if (import.meta.main) console.log(await run())
