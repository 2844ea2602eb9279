import type { Operation, ParamsOf, QueryOf, ResponseOf } from '@datong/contracts'
import { useState } from 'react'
import { useApi } from './hooks.ts'

/** One page of a list and the ways on from it. */
export interface Pages<R> {
  readonly answer: {
    readonly data: R | undefined
    readonly error: Error | null
    readonly isFetching: boolean
    readonly isPlaceholderData: boolean
    refetch(): unknown
  }
  /** Number of the page, from 0. */
  readonly index: number
  readonly size: number
  readonly onPrevious: (() => void) | undefined
  readonly onNext: (() => void) | undefined
}

interface PagesInput<O> {
  readonly params?: ParamsOf<O>
  /** Filters and order; another one begins at its first page. */
  readonly query?: Omit<QueryOf<O>, 'limit' | 'cursor'>
  readonly size?: number
  readonly enabled?: boolean
  readonly refetchMs?: number | ((last: ResponseOf<O> | undefined) => number | false)
}

/** Reads a list page by page. Cursors know only what comes next, so the way back is remembered here. */
export function usePages<O extends Operation>(operation: O, input: PagesInput<O> = {}): Pages<ResponseOf<O>> {
  const { params, query, size = 20, enabled = true, refetchMs } = input
  const filters = JSON.stringify([params, query])
  const [place, setPlace] = useState<{ filters: string; cursors: readonly string[] }>({ filters, cursors: [] })
  const cursors = place.filters === filters ? place.cursors : []
  const paged = { ...query, limit: size, ...(cursors.length > 0 ? { cursor: cursors.at(-1) } : {}) } as unknown as QueryOf<O> // a list's query has both
  const answer = useApi(operation, { ...(params === undefined ? {} : { params }), query: paged }, {
    enabled,
    keepPrevious: true,
    ...(refetchMs === undefined ? {} : { refetchMs }),
  })
  const nextCursor = (answer.data as { nextCursor?: string | null } | undefined)?.nextCursor // every list answers it
  return {
    answer,
    index: cursors.length,
    size,
    onPrevious: cursors.length > 0 ? () => setPlace({ filters, cursors: cursors.slice(0, -1) }) : undefined,
    onNext: nextCursor ? () => setPlace({ filters, cursors: [...cursors, nextCursor] }) : undefined,
  }
}
