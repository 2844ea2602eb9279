import { corrections, type FacetCount, fold, highlight, matchOf, type Order, planQuery, type Position, type QueryPlan, type SearchAnswer, type SearchRequest } from '@datong/catalog-search'
import type { Highlight, operations, QueryOf, SEARCH_MATCHES } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { EntryRecord } from '../entry/entry.ts'
import { isVisible, type Sight } from '../visibility.ts'
import { INDEX_SCHEMA, type SearchFacet } from './index-schema.ts'
import type { LiveIndex } from './live-index.ts'
import { scopesFor } from './scopes.ts'

export type SearchQuery = QueryOf<typeof operations.searchEntries>
type SearchMatch = (typeof SEARCH_MATCHES)[number]

export interface FoundEntry {
  readonly entry: EntryRecord
  /** Where the words stand; absent when there are none. */
  readonly highlight?: Highlight
}

export interface FoundEntries {
  readonly items: FoundEntry[]
  readonly nextCursor: string | null
  readonly total: number
  readonly facets: Readonly<Record<SearchFacet, FacetCount[]>>
  readonly match: SearchMatch
  readonly didYouMean: string | null
}

/** Where less than this is found, another spelling is proposed if it finds more. */
const LITTLE = 3
const MOST_FIELDS_SHOWN = 5

const ORDERS: Readonly<Record<Exclude<NonNullable<SearchQuery['sort']>, 'relevance'>, Order>> = {
  title: { by: 'title', descending: false }, '-title': { by: 'title', descending: true }, code: { by: 'key', descending: false },
  changedAt: { by: { number: 'changedAt' }, descending: false }, '-changedAt': { by: { number: 'changedAt' }, descending: true },
  '-rowCount': { by: { number: 'rowCount' }, descending: true }, '-stars': { by: { number: 'stars' }, descending: true },
}

interface SearchDeps {
  readonly live: Pick<LiveIndex, 'current'>
  readonly cursors: CursorCodec
  readonly read: (codes: readonly string[]) => Promise<readonly EntryRecord[]>
}

/** What the words of a query come to for one who searches, before facets and pages. */
interface Understood {
  readonly plan: QueryPlan
  readonly required: number
  readonly match: SearchMatch
  readonly didYouMean: string | null
}

/**
 * Searches the entries of a sight. The index decides which and in what order; the entries themselves come from the database, and
 * the rule of who sees what is asked once more of each.
 * @throws AppError `request/invalid-cursor`; `catalog/search-not-ready`
 */
export async function searchEntries({ live, cursors, read }: SearchDeps, query: SearchQuery, sight: Sight): Promise<FoundEntries> {
  const { index } = live.current
  const { limit = 20, cursor, offset, sort, q = '', exact = false, audience, mine, ...selection } = query
  if (cursor !== undefined && offset !== undefined) throw new AppError('request/invalid-cursor')
  const words = q.trim()
  const scope = scopeOf(sight, audience)
  const chosen = withBranches(index, selectionOf(selection, sight, audience, mine))
  const order = sort !== undefined && sort !== 'relevance' ? ORDERS[sort] : words === '' ? ORDERS['-changedAt'] : { by: 'relevance' as const, descending: true }
  const fingerprint = { words, exact, selection: chosen, sort: sort ?? null, scope }
  const after = cursor === undefined ? undefined : positionOf(cursors.decode(fingerprint, cursor))
  const ask = (match: SearchRequest['match']): SearchAnswer =>
    index.search({ match, ...scope, selection: chosen, order, limit, ...(offset === undefined ? {} : { offset }), ...(after === undefined ? {} : { after }) })
  const { understood, answer } = words === '' ? { understood: undefined, answer: ask(EVERYTHING) } : answerTo(live, words, scope, exact, ask)
  const last = answer.hits.at(-1)
  const entries = new Map((await read(answer.hits.map(({ key }) => key))).map((entry) => [entry.code, entry]))
  return {
    items: answer.hits.flatMap(({ key }) => {
      const entry = entries.get(key)
      // It may have changed since the index heard of it.
      if (entry === undefined || !isVisible(entry, sight) || (audience === 'public' && !isVisible(entry, { kind: 'public' }))) return []
      return [understood === undefined ? { entry } : { entry, highlight: highlightOf(entry, understood.plan) }]
    }),
    nextCursor: answer.more && last !== undefined ? cursors.encode(fingerprint, [last.value, last.key]) : null,
    total: answer.total,
    // The index counts all facets of its schema.
    facets: answer.facets as Record<SearchFacet, FacetCount[]>,
    match: understood?.match ?? 'all',
    didYouMean: understood?.didYouMean ?? null,
  }
}

/** Most searches find enough as typed; only the others are looked into. */
function answerTo(live: Pick<LiveIndex, 'current'>, words: string, scope: Scope, exact: boolean, ask: (match: SearchRequest['match']) => SearchAnswer): { understood: Understood; answer: SearchAnswer } {
  const plan = planOf(live, words)
  const required = plan.parts.length
  if (required === 0) return { understood: { plan, required, match: 'all', didYouMean: null }, answer: NOTHING }
  const answer = ask(matchOf(plan))
  if (exact || answer.total >= LITTLE) return { understood: { plan, required, match: 'all', didYouMean: null }, answer }
  const understood = understand(live, words, scope)
  return { understood, answer: understood.match === 'all' ? answer : ask(matchOf(understood.plan, understood.required)) }
}

const planOf = ({ current: { index, language, synonyms } }: Pick<LiveIndex, 'current'>, words: string): QueryPlan =>
  planQuery(words, { segment: language.cut, spell: language.spell, synonyms }, index)

const EVERYTHING = { groups: [], required: 0, better: [] }
const NOTHING: SearchAnswer = { hits: [], more: false, total: 0, facets: Object.fromEntries(INDEX_SCHEMA.facets.map((facet) => [facet, []])) }

type Scope = Pick<SearchRequest, 'scopes' | 'within'>

export function scopeOf(sight: Sight, audience: SearchQuery['audience']): Scope {
  const portal = audience === 'public' ? scopesFor({ kind: 'public' }) : null
  return { scopes: scopesFor(sight), ...(portal === null ? {} : { within: portal }) }
}

function selectionOf(
  chosen: Partial<Record<SearchFacet, string | number>>, sight: Sight, audience: SearchQuery['audience'], mine: boolean | undefined,
): Record<string, string[]> {
  const selection = Object.fromEntries(Object.entries(chosen).flatMap(([facet, value]) => (value === undefined ? [] : [[facet, [String(value)]]])))
  if (audience === 'departments') selection['state'] = selection['state'] === undefined || selection['state'].includes('published') ? ['published'] : []
  if (mine === true && sight.kind === 'departments') {
    selection['organisation'] = selection['organisation'] === undefined || selection['organisation'].includes(sight.organisation) ? [sight.organisation] : []
  }
  return selection
}

/** A class stands for all classes below it: their codes begin with its own. */
function withBranches(index: LiveIndex['current']['index'], chosen: Record<string, string[]>): Record<string, string[]> {
  const classes = chosen['classification']
  if (classes === undefined) return chosen
  return { ...chosen, classification: index.facetValues('classification').filter((value) => classes.some((one) => value.startsWith(one))) }
}

const positionOf = ([value, key]: readonly unknown[]): Position => ({ value: value as number | string, key: String(key) }) // as encoded above

/**
 * All words if anything has them; else what may have been meant; else most of the words, then any. What is proposed finds something
 * that the searcher may see, so a proposal tells no word of entries hidden from him.
 */
export function understand(live: Pick<LiveIndex, 'current'>, words: string, scope: Scope): Understood {
  const { index, language, synonyms } = live.current
  const tools = { segment: language.cut, spell: language.spell, synonyms }
  const plan = planOf(live, words)
  const count = (one: QueryPlan, required: number): number =>
    one.parts.length === 0 ? 0 : index.search({ match: { ...matchOf(one, required), better: [] }, ...scope, selection: {}, order: ORDERS.code, limit: 0, count: [] }).total
  const all = plan.parts.length
  const total = count(plan, all)
  if (all === 0 || total >= LITTLE) return { plan, required: all, match: 'all', didYouMean: null }
  let best: { text: string; plan: QueryPlan; total: number } | undefined
  for (const text of corrections(words, tools, index)) {
    const other = planOf(live, text)
    const found = count(other, other.parts.length)
    if (found > (best?.total ?? total)) best = { text, plan: other, total: found }
  }
  if (total > 0) return { plan, required: all, match: 'all', didYouMean: best?.text ?? null }
  if (best !== undefined) return { plan: best.plan, required: best.plan.parts.length, match: 'corrected', didYouMean: best.text }
  for (let required = all - 1; required > 0; required--) if (count(plan, required) > 0) return { plan, required, match: 'some', didYouMean: null }
  return { plan, required: all, match: 'all', didYouMean: null }
}

function highlightOf(entry: EntryRecord, plan: QueryPlan): Highlight {
  const phrases = plan.parts.flatMap((part) => part.phrases.map(({ text }) => fold(text)))
  const mark = (text: string): [number, number][] => highlight(text, phrases).map(([from, to]) => [from, to])
  return {
    title: mark(entry.title), summary: mark(entry.summary), keywords: entry.keywords.map(mark),
    fields: entry.fields.map(({ name }) => ({ name, ranges: mark(name) })).filter(({ ranges }) => ranges.length > 0).slice(0, MOST_FIELDS_SHOWN),
  }
}
