import { operations, type EntrySummary } from '@datong/contracts'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '../../shared/api/client.ts'
import { useApi } from '../../shared/api/hooks.ts'
import { entryQuery, type Facet, type Search } from './search-address.ts'

export const PAGE_SIZE = 20

export interface FacetCount {
  readonly value: string
  readonly count: number
}

/** Data sets of a search, as many pages as the address says, and the counts of each facet. */
export function useResults(search: Search) {
  const query = entryQuery(search)
  const answer = useInfiniteQuery({
    queryKey: ['portal', operations.searchEntries.id, query],
    queryFn: ({ pageParam, signal }) => call(operations.searchEntries, { query: { ...query, limit: PAGE_SIZE, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null, // the first page has no cursor
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })

  const loaded = answer.data?.pages.length ?? 0
  const { hasNextPage, isFetching, isError, fetchNextPage } = answer
  useEffect(() => {
    if (loaded > 0 && loaded < search.pages && hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [loaded, search.pages, hasNextPage, isFetching, isError, fetchNextPage])

  const first = answer.data?.pages[0]
  const items: readonly EntrySummary[] | undefined = answer.data?.pages.flatMap((page) => page.items)
  const theme = useFacet(search, 'theme', first?.facets.theme)
  const organisation = useFacet(search, 'organisation', first?.facets.organisation)
  const openingType = useFacet(search, 'openingType', first?.facets.openingType)
  return { answer, items, total: first?.total, facets: { theme, organisation, openingType }, loaded }
}

/** Counts of a facet. Where a value is chosen its alternatives are counted as if it were not, so that one can change over. */
function useFacet(search: Search, facet: Facet, counted: readonly FacetCount[] | undefined): readonly FacetCount[] {
  const chosen = search[facet] !== undefined
  const alternatives = useApi(operations.searchEntries, { query: { ...entryQuery(search, facet), limit: 1 } }, { enabled: chosen, keepPrevious: true })
  return (chosen ? alternatives.data?.facets[facet] : counted) ?? counted ?? []
}
