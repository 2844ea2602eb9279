import { stat } from 'node:fs/promises'
import { createSearchSide } from './product-side.ts'
import { loadLanguage } from '../../../apps/server/src/modules/catalog/search/language.ts'
import { SHIPPED_WORDS } from '../../../apps/server/src/modules/catalog/search/shipped-words.ts'
import { measureKnownItem } from '../../../apps/server/src/modules/catalog/search/testing/known-item.ts'
import type { Benchmark } from '../benchmark.ts'
import { temporaryFolder, withCleanup } from '../cleanup.ts'
import { quantile, round } from '../statistics.ts'
import { prepareMiniSearch } from './minisearch-side.ts'
import { preparePostgres } from './postgres-side.ts'
import { queriesOf, realTitles, recordsOf, repeatable } from './records.ts'

const QUERIES = 1_000
/** The peers take longer for each; theirs are the first of the same queries. */
const PEER_QUERIES = 200
const WARM_UP = 50
const KNOWN_ITEM_EVERY = 12

/** Searching a large catalogue: the product as it runs, beside PostgreSQL and MiniSearch on the same entries and queries. */
export const searchBenchmark: Benchmark = {
  name: 'search',
  run: (settings, tell) => withCleanup(async (defer) => {
    const titles = realTitles(process.env)
    const language = loadLanguage(SHIPPED_WORDS)
    const records = () => recordsOf(settings.searchEntries, titles)
    const queries = queriesOf(QUERIES)
    const folder = await temporaryFolder(defer, 'search')
    const product = await createSearchSide(folder, records(), defer, tell)
    const ours = await measure(queries, product.search)
    tell(`ours: p50 ${ours.p50Ms} ms, p99 ${ours.p99Ms} ms`)
    const ckan = await measure(queries, product.select)
    tell(`as CKAN asks: p50 ${ckan.p50Ms} ms, p99 ${ckan.p99Ms} ms`)
    const edits = await product.editToFound()
    const paging = await product.walk('企业')
    tell(`walked ${paging.entries} entries in ${paging.pages} pages`)
    const indexMiB = round((await stat(product.indexFile)).size / 2 ** 20)
    const tsvector = await measure(queries.slice(0, PEER_QUERIES), await preparePostgres(product.store, language, records()))
    tell(`tsvector: p50 ${tsvector.p50Ms} ms, p99 ${tsvector.p99Ms} ms`)
    const before = process.memoryUsage().rss
    const mini = prepareMiniSearch(language, records())
    const minisearchMiB = round((process.memoryUsage().rss - before) / 2 ** 20)
    const minisearch = await measure(queries.slice(0, PEER_QUERIES), async (query) => mini(query))
    const known = titles.length === 0 ? null : measureKnownItem(titles, language, KNOWN_ITEM_EVERY, repeatable(11))
    return {
      entries: settings.searchEntries, realTitles: Math.min(titles.length, settings.searchEntries), p50Ms: ours.p50Ms, p99Ms: ours.p99Ms, ckanP50Ms: ckan.p50Ms, ckanP99Ms: ckan.p99Ms,
      knownItemTop10: known === null ? 'no titles' : round(known.top10, 3), knownItemByChance: known === null ? 'no titles' : round(known.top10ByChance, 3),
      tsvectorP50Ms: tsvector.p50Ms, tsvectorP99Ms: tsvector.p99Ms, minisearchP50Ms: minisearch.p50Ms, minisearchP99Ms: minisearch.p99Ms,
      indexP50Ms: product.indexTimes().p50Ms, indexP99Ms: product.indexTimes().p99Ms,
      editToFoundMs: edits, pagedEntries: paging.entries, pagedOfTotal: paging.total, pageP99Ms: paging.p99Ms,
      buildSeconds: product.buildSeconds, longestPauseWhileBuildingMs: product.longestPauseMs, startSeconds: product.startSeconds,
      indexMiB, minisearchMiB, queries: QUERIES, peerQueries: PEER_QUERIES,
    }
  }),
}

async function measure(queries: readonly string[], search: (query: string) => Promise<number>): Promise<{ p50Ms: number; p99Ms: number }> {
  for (const query of queries.slice(0, WARM_UP)) await search(query)
  const times: number[] = []
  for (const query of queries) {
    const begun = performance.now()
    await search(query)
    times.push(performance.now() - begun)
  }
  return { p50Ms: round(quantile(times, 0.5), 2), p99Ms: round(quantile(times, 0.99), 2) }
}
