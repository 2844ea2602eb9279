import type { CallInput, Operation, ParamsOf, QueryOf, ResponseOf } from '@datong/contracts'
import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query'
import { apiKey, type ActionInput, type ApiOptions } from '../../../shared/api/hooks.ts'
import { useDeliveryAccess } from './delivery-access.tsx'

/** Like `useApi`, in the name of the caller of this page. Refusals are not asked again. */
export function useReading<O extends Operation>(
  operation: O,
  input: { readonly params?: ParamsOf<O>; readonly query?: QueryOf<O> },
  { enabled = true, refetchMs }: Pick<ApiOptions<ResponseOf<O>>, 'enabled' | 'refetchMs'> = {},
): UseQueryResult<ResponseOf<O>> {
  const { as, call } = useDeliveryAccess()
  return useQuery<ResponseOf<O>>({
    queryKey: [...apiKey(operation, input.params, input.query), as],
    queryFn: ({ signal }) => call(operation, { ...input, signal } as CallInput<O>), // the same parts, and a signal
    enabled,
    retry: false,
    ...(refetchMs === undefined ? {} : { refetchInterval: typeof refetchMs === 'number' ? refetchMs : (query) => refetchMs(query.state.data) }),
  })
}

/** Like `useAction`, in the name of the caller of this page. */
export function useDoing<O extends Operation>(operation: O): UseMutationResult<ResponseOf<O>, Error, ActionInput<O>> {
  const { call } = useDeliveryAccess()
  const queries = useQueryClient()
  return useMutation<ResponseOf<O>, Error, ActionInput<O>>({
    mutationFn: (input) => call(operation, input),
    onSettled: () => void queries.invalidateQueries(),
  })
}
