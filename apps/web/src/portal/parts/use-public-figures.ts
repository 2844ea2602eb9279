import { createClient, operations, type ResponseOf } from '@datong/contracts'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'

/** Asks as the public does: an officer who is signed in would otherwise get the figures of what officers see. */
const callAsPublic = createClient({ baseUrl: '', fetch: (input, init) => fetch(input, { ...init, credentials: 'omit' }), headers: () => ({}) })

/** Figures of what is open to everyone. */
export const usePublicFigures = (): UseQueryResult<ResponseOf<typeof operations.catalogSummary>> =>
  useQuery({ queryKey: ['portal', operations.catalogSummary.id], queryFn: ({ signal }) => callAsPublic(operations.catalogSummary, { signal }) })
