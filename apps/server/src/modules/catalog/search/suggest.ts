import { fold, highlight, matchOf, planQuery } from '@datong/catalog-search'
import type { operations, QueryOf } from '@datong/contracts'
import type { EntryRecord } from '../entry/entry.ts'
import { isVisible, type Sight } from '../visibility.ts'
import type { LiveIndex } from './live-index.ts'
import { scopeOf } from './search-entries.ts'

interface SuggestDeps {
  readonly live: Pick<LiveIndex, 'current'>
  /** Queries that many asked and that found something, most asked first. */
  readonly popular: () => Promise<readonly string[]>
  readonly read: (codes: readonly string[]) => Promise<readonly EntryRecord[]>
}

const MOST_QUERIES = 4

/** Queries and entries that fit what is typed so far: characters, whole pinyin or initials. */
export async function suggest({ live, popular, read }: SuggestDeps, { q, audience, limit = 8 }: QueryOf<typeof operations.suggestSearch>, sight: Sight) {
  const { index, language, synonyms } = live.current
  const typed = fold(q.trim())
  const fits = (query: string): boolean => fold(query).startsWith(typed) || language.spell(fold(query)).some((spelling) => spelling.startsWith(typed))
  const queries = typed === '' ? [] : (await popular()).filter((query) => query !== q.trim() && fits(query)).slice(0, MOST_QUERIES)
  const plan = planQuery(typed, { segment: language.cut, spell: language.spell, synonyms }, index)
  if (plan.parts.length === 0) return { queries, entries: [] }
  const { hits } = index.search({ match: matchOf(plan), ...scopeOf(sight, audience), selection: {}, order: { by: 'relevance', descending: true }, limit, count: [] })
  const entries = new Map((await read(hits.map(({ key }) => key))).map((entry) => [entry.code, entry]))
  const phrases = plan.parts.flatMap((part) => part.phrases.map(({ text }) => text))
  return {
    queries,
    entries: hits.flatMap(({ key }) => {
      const entry = entries.get(key)
      if (entry === undefined || !isVisible(entry, sight)) return []
      return [{ code: entry.code, title: entry.title, ranges: highlight(entry.title, phrases).map(([from, to]): [number, number] => [from, to]) }]
    }),
  }
}
