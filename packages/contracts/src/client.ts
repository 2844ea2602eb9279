import { AppError } from '@datong/kernel'
import type { Problem } from './common.ts'
import type { BodyOf, Operation, ParamsOf, QueryOf, ResponseOf } from './operation.ts'

type AnyOperation = Operation

/** What a call takes: only the parts that the operation declares. */
export interface CallInput<O> {
  readonly params?: ParamsOf<O>
  readonly query?: QueryOf<O>
  readonly body?: BodyOf<O> | FormData
  readonly signal?: AbortSignal
}

/** A failed call: the server's problem, word for word. */
export class ProblemError extends AppError {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.code, problem.params ?? {}, problem.errors)
    this.problem = problem
  }
}

export interface ClientOptions {
  readonly baseUrl: string
  readonly fetch: typeof fetch
  /** Extra headers for each call: a bearer token, or the CSRF token beside the session cookie. */
  readonly headers: () => Readonly<Record<string, string>>
}

export type Client = <O extends AnyOperation>(operation: O, input?: CallInput<O>) => Promise<ResponseOf<O>>

/** The address of an operation with its path parameters and query filled in. */
export function urlOf(operation: AnyOperation, params: object = {}, query: object = {}): string {
  const values = new Map<string, unknown>(Object.entries(params))
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  return search.size > 0 ? `${path}?${search}` : path
}

/** A typed client over `fetch`; throws `ProblemError` for every answer that is not a success. */
export function createClient({ baseUrl, fetch, headers }: ClientOptions): Client {
  return async (operation, input = {}) => {
    const isForm = input.body instanceof FormData
    const response = await fetch(baseUrl + urlOf(operation, input.params, input.query), {
      method: operation.method,
      headers: {
        accept: 'application/json',
        ...(input.body !== undefined && !isForm ? { 'content-type': 'application/json' } : {}),
        ...headers(),
      },
      ...(input.body === undefined ? {} : { body: input.body instanceof FormData ? input.body : JSON.stringify(input.body) }),
      ...(input.signal ? { signal: input.signal } : {}),
    })
    const text = await response.text()
    if (!response.ok) throw new ProblemError(parseProblem(response, text))
    // The server validates its answers against this very schema, so the type holds by construction.
    return (text === '' ? {} : JSON.parse(text)) as ResponseOf<typeof operation>
  }
}

function parseProblem(response: Response, text: string): Problem {
  if (response.headers.get('content-type')?.includes('application/problem+json')) return JSON.parse(text) as Problem // same contract
  return {
    type: 'about:blank', title: response.statusText || 'HTTP error', status: response.status, detail: text.slice(0, 200),
    instance: new URL(response.url).pathname, code: 'request/unreadable-answer', errors: [],
  }
}
