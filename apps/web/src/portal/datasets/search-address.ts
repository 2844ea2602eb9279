import { OPENING_TYPES, RESOURCE_FORMATS, THEMES, UPDATE_CYCLES, type operations, type QueryOf } from '@datong/contracts'

export const SORTS = ['relevance', '-changedAt', '-stars', '-rowCount', 'title'] as const
export type Sort = (typeof SORTS)[number]
export const FACETS = ['theme', 'organisation', 'openingType', 'updateCycle', 'resourceFormat', 'stars'] as const
export type Facet = (typeof FACETS)[number]

/** What is searched for; all of it stands in the address, so that a link shows the same list. */
export interface Search {
  readonly q: string
  readonly theme: string | undefined
  readonly organisation: string | undefined
  readonly openingType: string | undefined
  readonly updateCycle: string | undefined
  readonly resourceFormat: string | undefined
  readonly stars: string | undefined
  readonly sort: Sort
  /** How many pages are shown, at least 1. */
  readonly pages: number
}

const MOST_PAGES = 50
const known = <T extends string>(allowed: readonly T[], value: string | null): T | undefined => allowed.find((item) => item === value)

/** Reads an address; what it cannot mean is left out, since anybody may have typed it. */
export function readSearch(params: URLSearchParams): Search {
  const q = (params.get('q') ?? '').slice(0, 1_000)
  const organisation = params.get('organisation')
  const pages = Number(params.get('pages') ?? 1)
  return {
    q,
    theme: known(THEMES, params.get('theme')),
    organisation: organisation !== null && /^[0-9A-HJ-NP-RT-UW-Y]{18}$/.test(organisation) ? organisation : undefined,
    openingType: known(OPENING_TYPES, params.get('openingType')),
    updateCycle: known(UPDATE_CYCLES, params.get('updateCycle')),
    resourceFormat: known(RESOURCE_FORMATS, params.get('resourceFormat')),
    stars: known(['5', '4', '3', '2', '1'], params.get('stars')),
    sort: known(SORTS, params.get('sort')) ?? defaultSort(q),
    pages: Number.isInteger(pages) ? Math.min(Math.max(pages, 1), MOST_PAGES) : 1,
  }
}

/** Nearest to the words where there are words, newest otherwise. */
const defaultSort = (q: string): Sort => (q.trim() === '' ? '-changedAt' : 'relevance')

/** The address of a search, without what goes without saying. */
export function addressOf(search: Search): string {
  const params = new URLSearchParams()
  if (search.q.trim() !== '') params.set('q', search.q.trim())
  for (const facet of FACETS) {
    const value = search[facet]
    if (value !== undefined) params.set(facet, value)
  }
  if (search.sort !== defaultSort(search.q)) params.set('sort', search.sort)
  if (search.pages > 1) params.set('pages', String(search.pages))
  return params.size > 0 ? `/datasets?${params}` : '/datasets'
}

/** Nothing chosen in any facet. */
export const NO_FACETS = Object.fromEntries(FACETS.map((facet) => [facet, undefined])) as Record<Facet, undefined> // one for each facet

/** The same search with something changed; another list begins at its first page. */
export const changed = (search: Search, change: Partial<Search>): Search => ({ ...search, pages: 1, ...change })

type EntryQuery = QueryOf<typeof operations.searchEntries>

/** The server's query for a search. */
export function entryQuery(search: Search): EntryQuery {
  const { q, sort } = search
  const chosen = Object.fromEntries(FACETS.flatMap((facet) => (search[facet] === undefined ? [] : [[facet, search[facet]]])))
  return { ...(q.trim() === '' ? {} : { q: q.trim() }), ...chosen, audience: 'public', sort }
}
