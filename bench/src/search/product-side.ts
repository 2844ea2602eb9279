import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { matchOf, planQuery, synonymsOf } from '@datong/catalog-search'
import { systemClock, systemRandom } from '@datong/kernel'
import { migrate, openStore, startEmbeddedPostgres, type Store } from '@datong/metadata-store'
import { sql } from 'kysely'
import { type Catalog, catalogMigrations, createCatalog } from '../../../apps/server/src/modules/catalog/index.ts'
import { createIndexStore } from '../../../apps/server/src/modules/catalog/search/index-store.ts'
import { LiveIndex } from '../../../apps/server/src/modules/catalog/search/live-index.ts'
import { SHIPPED_SYNONYMS } from '../../../apps/server/src/modules/catalog/search/shipped-words.ts'
import { createWordsStore } from '../../../apps/server/src/modules/catalog/search/words-store.ts'
import { evidenceMigrations } from '../../../apps/server/src/modules/evidence/index.ts'
import { PUBLIC_CALLER } from '../../../apps/server/src/platform/caller.ts'
import { createCursorCodec } from '../../../apps/server/src/platform/cursor.ts'
import { quantile, round } from '../statistics.ts'
import { type BenchRecord, queriesOf } from './records.ts'
import { seedEntries } from './seed-entries.ts'

const EDITS = 20
const INDEX_QUERIES = 2_000
const POLL_MS = 2

/** The catalogue module over a store of its own, as a server has it. */
export async function createSearchSide(folder: string, records: Iterable<BenchRecord>, defer: (undo: () => Promise<unknown>) => void, tell: (line: string) => void) {
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'store') })
  defer(() => postgres.stop())
  const store = await openStore({ connection: postgres.connection, poolSize: 8, statementTimeoutMs: 1_800_000 })
  defer(() => store.close())
  await migrate(store.db, [...evidenceMigrations, ...catalogMigrations])
  await seedEntries(store, records)
  tell('the entries are stored')
  const indexFile = join(folder, 'entries.index')
  const first = liveOver(store, indexFile)
  const pauses = monitorEventLoopDelay({ resolution: 5 })
  pauses.enable()
  const buildBegun = performance.now()
  await first.start()
  while (first.rebuilding) await sleep(50)
  const buildSeconds = round((performance.now() - buildBegun) / 1_000, 1)
  pauses.disable()
  await first.stop()
  tell(`built in ${buildSeconds} s`)
  const startBegun = performance.now()
  const catalog = catalogOver(store, indexFile)
  await catalog.start?.()
  defer(async () => catalog.stop?.())
  const startSeconds = round((performance.now() - startBegun) / 1_000, 2)
  tell(`started with the index in ${startSeconds} s`)
  // Another process, as far as searching goes.
  const second = liveOver(store, indexFile)
  await second.start()
  defer(() => second.stop())
  return {
    store, indexFile, buildSeconds, startSeconds, longestPauseMs: round(pauses.max / 1e6),
    search: async (query: string) => (await catalog.search({ q: query, audience: 'public' }, PUBLIC_CALLER)).total,
    /** As CKAN's `package_search` asks, with its facets of organisations and groups. */
    select: async (query: string) => (await catalog.select({
      condition: { words: query, in: 'everywhere' }, order: [{ by: 'score', descending: true }, { by: 'changedAt', descending: true }], words: query, limit: 20, offset: 0,
      facets: ['organisation', 'theme'], formats: ['CSV'], publicOnly: true,
    }, PUBLIC_CALLER)).total,
    indexTimes: () => timesOfIndex(second),
    editToFound: () => editToFound(store, [async (q) => (await catalog.search({ q, exact: true }, PUBLIC_CALLER)).total > 0, async (q) => foundIn(second, q)]),
    walk: (query: string) => walk(catalog, query),
  }
}

function liveOver(store: Store, file: string): LiveIndex {
  return new LiveIndex({
    listen: store.listen, file, entries: createIndexStore(store.db), words: createWordsStore(store.db).all,
    organisationName: (code) => code, log: { info: () => undefined, warn: console.warn },
  })
}

function catalogOver(store: Store, indexFile: string): Catalog {
  return createCatalog({
    db: store.db, evidence: { record: async () => '' }, events: { publish: async () => undefined, subscribe: async () => undefined },
    organisations: { ref: (code) => ({ code, name: code, nameEn: code }) }, maskingMethods: [], cursors: createCursorCodec(systemRandom.bytes(32)),
    clock: systemClock, calendar: { holidays: new Set(), workdays: new Set() }, random: systemRandom, search: { listen: store.listen, indexFile },
    jobs: { work: async () => undefined, enqueue: async () => undefined }, log: { info: () => undefined, warn: console.warn }, publicUrl: null, callerOf: async () => undefined,
  })
}

function foundIn({ current: { index, language } }: LiveIndex, query: string): boolean {
  const plan = planQuery(query, { segment: language.cut, spell: language.spell, synonyms: new Map() }, index)
  return index.search({ match: matchOf(plan), scopes: ['public'], selection: {}, order: { by: 'relevance', descending: true }, limit: 1, count: [] }).total > 0
}

/** The index alone: total, 20 and eleven facets, without reading the entries. */
function timesOfIndex({ current: { index, language } }: LiveIndex): { p50Ms: number; p99Ms: number } {
  const tools = { segment: language.cut, spell: language.spell, synonyms: synonymsOf(SHIPPED_SYNONYMS) }
  const times = queriesOf(INDEX_QUERIES).map((query) => {
    const begun = performance.now()
    index.search({ match: matchOf(planQuery(query, tools, index)), scopes: ['public'], selection: {}, order: { by: 'relevance', descending: true }, limit: 20 })
    return performance.now() - begun
  }).slice(INDEX_QUERIES >> 3)
  return { p50Ms: round(quantile(times, 0.5), 2), p99Ms: round(quantile(times, 0.99), 2) }
}

/** From the commit of an edit until every process finds it: the longest of some. */
async function editToFound(store: Store, processes: readonly ((query: string) => Promise<boolean>)[]): Promise<number> {
  const { rows } = await sql<{ code: string }>`select code from catalog.entry where opening_type = 'open' order by code limit ${EDITS}`.execute(store.db)
  let longest = 0
  for (const [number, { code }] of rows.entries()) {
    const word = `编号zq${number}x${code.slice(-6)}`
    await store.db.transaction().execute(async (trx) => {
      await sql`update catalog.entry set title = ${word}, revision = revision + 1, changed_at = now() where code = ${code}`.execute(trx)
    })
    const begun = performance.now()
    for (const finds of processes) while (!(await finds(word))) await sleep(POLL_MS)
    longest = Math.max(longest, performance.now() - begun)
  }
  return round(longest)
}

/** Follows the cursor from the first entry to the last. */
async function walk(catalog: Catalog, query: string): Promise<{ entries: number; total: number; pages: number; p99Ms: number }> {
  const seen = new Set<string>()
  const times: number[] = []
  let total = 0
  for (let cursor: string | undefined, more = true; more;) {
    const begun = performance.now()
    const page = await catalog.search({ q: query, audience: 'public', limit: 200, ...(cursor === undefined ? {} : { cursor }) }, PUBLIC_CALLER)
    times.push(performance.now() - begun)
    for (const { entry } of page.items) seen.add(entry.code)
    total = page.total
    cursor = page.nextCursor ?? undefined
    more = cursor !== undefined
  }
  return { entries: seen.size, total, pages: times.length, p99Ms: round(quantile(times, 0.99), 1) }
}
