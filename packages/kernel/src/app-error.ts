/** One thing that is wrong with an input: where (JSON pointer, RFC 6901), a stable code, and a sentence for a person. */
export interface Issue {
  readonly pointer: string
  readonly code: string
  readonly message: string
}

/** What a caller did or met, in the words of the domain. HTTP alone knows which status each kind becomes. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'rate-limited'
  | 'unavailable'

/** The definition of one error code in the registry. */
export interface ErrorDefinition {
  readonly kind: ErrorKind
  /** Short English title, shown as RFC 9457 `title`; translations are found by the code. */
  readonly title: string
}

export type ErrorParams = Readonly<Record<string, string | number | boolean>>

/**
 * A failure that the caller can understand and act on. Domain code throws it; the code is one of the registry's
 * (`ERRORS` in `@datong/contracts`), the params fill its translated sentence.
 */
export class AppError extends Error {
  readonly code: string
  readonly params: ErrorParams
  readonly issues: readonly Issue[]

  constructor(code: string, params: ErrorParams = {}, issues: readonly Issue[] = [], options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(params)}`, options)
    this.name = 'AppError'
    this.code = code
    this.params = params
    this.issues = issues
  }
}

/** Type guard that also works across realms and copies of this package. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error
}
