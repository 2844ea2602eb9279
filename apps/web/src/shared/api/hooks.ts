import { ProblemError, type BodyOf, type CallInput, type Operation, type ParamsOf, type QueryOf, type ResponseOf } from '@datong/contracts'
import { keepPreviousData, useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query'
import { call } from './client.ts'

export interface ApiOptions<R> {
  readonly enabled?: boolean
  /** Ask again after so many milliseconds, or never; may depend on the last answer. */
  readonly refetchMs?: number | ((last: R | undefined) => number | false)
  /** Show the former answer while a new one (next page, other filter) is under way. */
  readonly keepPrevious?: boolean
}

/** Key under which an answer is kept. */
export const apiKey = (operation: Operation, params?: object, query?: object): readonly unknown[] => [operation.id, params ?? {}, query ?? {}]

/** Worth another try: the network, or a server that is starting or busy. Refusals are answers, not failures. */
const mayPass = (error: Error): boolean => !(error instanceof ProblemError) || [502, 503, 504].includes(error.problem.status)

/** The answer of a reading operation, kept and shared between components. */
export function useApi<O extends Operation>(
  operation: O,
  input: { readonly params?: ParamsOf<O>; readonly query?: QueryOf<O> } = {},
  options: ApiOptions<ResponseOf<O>> = {},
): UseQueryResult<ResponseOf<O>> {
  const { enabled = true, refetchMs, keepPrevious = false } = options
  return useQuery<ResponseOf<O>>({
    queryKey: apiKey(operation, input.params, input.query),
    queryFn: ({ signal }) => call(operation, { ...input, signal } as CallInput<O>), // the same parts, and a signal
    enabled,
    retry: (failures, error) => failures < 2 && mayPass(error),
    ...(refetchMs === undefined
      ? {}
      : { refetchInterval: typeof refetchMs === 'number' ? refetchMs : (query) => refetchMs(query.state.data) }),
    ...(keepPrevious ? { placeholderData: keepPreviousData<ResponseOf<O>> } : {}),
  })
}

export interface ActionInput<O> {
  readonly params?: ParamsOf<O>
  readonly body?: BodyOf<O>
}

/** A changing operation. When it succeeds, all that is on the screen is read again. */
export function useAction<O extends Operation>(
  operation: O,
  onDone?: (answer: ResponseOf<O>) => void,
): UseMutationResult<ResponseOf<O>, Error, ActionInput<O>> {
  const queries = useQueryClient()
  return useMutation<ResponseOf<O>, Error, ActionInput<O>>({
    mutationFn: (input) => call(operation, input),
    onSuccess: (answer) => {
      void queries.invalidateQueries()
      onDone?.(answer)
    },
  })
}
