import { matchOf, type QueryPlan } from '@datong/catalog-search'
import type { EntryRecord } from '../entry/entry.ts'
import type { LiveIndex } from './live-index.ts'
import { understand } from './search-entries.ts'

const MOST_HITS = 10
/** A word that more entries have says too little to be looked for in all of them. */
const MOST_WEIGHED = 20_000
const RELEVANCE = { by: 'relevance', descending: true } as const
const ALL_SCOPES = { scopes: null, selection: {}, order: RELEVANCE, count: [] }

/** How a query is understood and what each word gives its first entries, for the one who keeps the words. */
export async function explain(live: Pick<LiveIndex, 'current'>, words: string, read: (codes: readonly string[]) => Promise<readonly EntryRecord[]>) {
  const { index } = live.current
  const { plan, required, match, didYouMean } = understand(live, words.trim(), { scopes: null })
  const { hits, total } = plan.parts.length === 0 ? { hits: [], total: 0 } : index.search({ ...ALL_SCOPES, match: matchOf(plan, required), limit: MOST_HITS })
  const titles = new Map((await read(hits.map(({ key }) => key))).map(({ code, title }) => [code, title]))
  const shares = plan.parts.map((part) => ({ source: part.source, scores: scoresOf(live, part, hits.map(({ key }) => key)) }))
  return {
    words: plan.parts.map((part) => ({
      source: part.source,
      ways: part.phrases.map(({ text, way }) => ({ text, way, entries: entriesWith(live, text) })),
    })),
    match, didYouMean, total,
    hits: hits.map(({ key, value }) => ({
      code: key, title: titles.get(key) ?? key, score: Number(value),
      shares: shares.map(({ source, scores }) => ({ source, score: scores.get(key) ?? 0 })),
    })),
  }
}

/** What one word alone gives the entries. */
function scoresOf({ current: { index } }: Pick<LiveIndex, 'current'>, part: QueryPlan['parts'][number], keys: readonly string[]): Map<string, number> {
  const wanted = new Set(keys)
  const { hits } = index.search({ ...ALL_SCOPES, match: matchOf({ parts: [part], better: [] }), limit: MOST_WEIGHED })
  return new Map(hits.flatMap(({ key, value }) => (wanted.has(key) ? [[key, Number(value)] as const] : [])))
}

function entriesWith({ current: { index, language } }: Pick<LiveIndex, 'current'>, phrase: string): number {
  const words = language.cut(phrase)
  return index.search({ ...ALL_SCOPES, match: { groups: [{ alternatives: [{ terms: words, boost: 1 }] }], required: 1, better: [] }, limit: 0 }).total
}
