import { operations, ProblemError, type Rows } from '@datong/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { call } from '../../shared/api/client.ts'

const PAGE_ROWS = 1000

export interface ManyRows {
  readonly rows: Rows['items']
  readonly done: boolean
  /** The table has more rows than were asked for. */
  readonly more: boolean
  readonly error: Error | null
  refetch(): unknown
}

/**
 * Many rows with few fields, page after page, for drawing. Where the table has more, the first of the given order are shown,
 * and whoever draws says so.
 */
export function useManyRows(code: string, select: readonly string[], sort: string | undefined, mostRows: number): ManyRows {
  const query = { select: select.join(','), ...(sort === undefined ? {} : { sort }) }
  const answer = useInfiniteQuery({
    queryKey: ['portal', operations.readRows.id, code, query],
    queryFn: ({ pageParam, signal }) =>
      call(operations.readRows, { params: { code }, query: { ...query, limit: Math.min(PAGE_ROWS, mostRows), ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null, // the first page has no cursor
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 300_000,
    retry: (failures, error) => failures < 4 && (!(error instanceof ProblemError) || [429, 502, 503].includes(error.problem.status)),
    retryDelay: 1100, // the quota of the public counts by the second
  })
  const { data, hasNextPage, isFetching, isError, error, fetchNextPage, refetch } = answer
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  const enough = rows.length >= mostRows
  useEffect(() => {
    if (data && hasNextPage && !enough && !isFetching && !isError) void fetchNextPage()
  }, [data, hasNextPage, enough, isFetching, isError, fetchNextPage])
  return { rows, done: data !== undefined && (!hasNextPage || enough), more: enough && hasNextPage, error, refetch }
}
