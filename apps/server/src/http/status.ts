import { ERRORS } from '@datong/contracts'
import type { ErrorDefinition, ErrorKind } from '@datong/kernel'

/** The only place where a kind of failure becomes an HTTP status. */
const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 503,
}

/** Failures of the protocol itself, which have a status of their own in RFC 9110. */
const STATUS_OF_CODE = new Map([
  ['request/abandoned', 400],
  ['request/malformed', 400],
  ['request/unsupported-media-type', 415],
  ['server/failure', 500],
])

const definitions = new Map<string, ErrorDefinition>(Object.entries(ERRORS))

/** Status and title of a registered error; undefined for a code that is not in the registry. */
export function statusOf(code: string): { status: number; title: string } | undefined {
  const definition = definitions.get(code)
  if (definition === undefined) return undefined
  return { status: STATUS_OF_CODE.get(code) ?? STATUS_OF_KIND[definition.kind], title: definition.title }
}
