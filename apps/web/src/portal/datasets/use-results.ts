import { operations, type ResponseOf } from '@datong/contracts'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '../../shared/api/client.ts'
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
  const items: ResponseOf<typeof operations.searchEntries>['items'] | undefined = answer.data?.pages.flatMap((page) => page.items)
  // Each facet is counted as if nothing were chosen in it, so that one can change over.
  const none: readonly FacetCount[] = []
  const facets: Readonly<Record<Facet, readonly FacetCount[]>> = first?.facets ?? { theme: none, organisation: none, openingType: none, updateCycle: none, resourceFormat: none, stars: none }
  return { answer, items, total: first?.total, facets, loaded }
}
