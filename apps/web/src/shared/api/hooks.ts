import { ProblemError, type BodyOf, type CallInput, type Operation, type ParamsOf, type QueryOf, type ResponseOf } from '@datong/contracts'
import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query'
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

/** The answer to a question that is put by POST and changes nothing (advice, previews); not asked while the body is null. */
export function useAsked<O extends Operation>(operation: O, body: BodyOf<O> | null, params?: ParamsOf<O>): UseQueryResult<ResponseOf<O>> {
  return useQuery<ResponseOf<O>>({
    queryKey: [operation.id, 'asked', params ?? {}, body],
    queryFn: ({ signal }) => call(operation, { body, signal, ...(params === undefined ? {} : { params }) } as CallInput<O>), // only asked with a body
    enabled: body !== null,
    retry: (failures, error) => failures < 2 && mayPass(error),
    placeholderData: keepPreviousData<ResponseOf<O>>,
  })
}

/** The answers of one reading operation for several objects, in their order. */
export function useApiMany<O extends Operation>(operation: O, params: readonly ParamsOf<O>[]): readonly UseQueryResult<ResponseOf<O>>[] {
  return useQueries({
    queries: params.map((one) => ({
      queryKey: apiKey(operation, one as object), // path parameters are an object
      queryFn: ({ signal }: { signal: AbortSignal }) => call(operation, { params: one, signal } as CallInput<O>), // the same parts, and a signal
      retry: (failures: number, error: Error) => failures < 2 && mayPass(error),
    })),
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
