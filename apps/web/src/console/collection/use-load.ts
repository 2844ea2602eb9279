import { operations, urlOf, type Load } from '@datong/contracts'
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import { apiKey, useApi } from '../../shared/api/hooks.ts'

const ended = (load: Load | undefined): boolean => load?.state === 'done' || load?.state === 'failed'

/** One load, followed while it runs: by the server's events, and by asking now and then where events do not pass. */
export function useLoad(id: string | null): UseQueryResult<Load> {
  const queries = useQueryClient()
  const params = { id: id ?? '' }
  const load = useApi(operations.getLoad, { params }, { enabled: id !== null, refetchMs: (last) => (ended(last) ? false : 3000) })
  const running = load.data !== undefined && !ended(load.data)

  useEffect(() => {
    if (id === null || !running) return undefined
    const source = new EventSource(urlOf(operations.loadEvents, { id }))
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const next = JSON.parse(data) as Load // the same schema as the plain answer
      queries.setQueryData(apiKey(operations.getLoad, { id }), next)
      if (!ended(next)) return
      source.close()
      void queries.invalidateQueries()
    }
    source.onerror = () => source.close() // asking goes on
    return () => source.close()
  }, [id, running, queries])

  return load
}
