import { isAppError } from '@datong/kernel'

/** An answer that is no success, as CKAN gives it. */
export interface CkanFailure {
  readonly status: number
  /** The member `error` of the envelope. */
  readonly error: Readonly<Record<string, unknown>>
}

/** Thrown by actions; what other parts of the house throw is translated by `failureOf`. */
export class CkanError extends Error {
  readonly failure: CkanFailure

  constructor(status: number, type: string, error: Readonly<Record<string, unknown>>) {
    super(`${type} ${JSON.stringify(error)}`)
    this.failure = { status, error: { ...error, __type: type } }
  }
}

/** @param fields what is wrong, by the name of the parameter */
export const invalid = (fields: Readonly<Record<string, unknown>>): CkanError => new CkanError(409, 'Validation Error', fields)
export const notFound = (what = ''): CkanError => new CkanError(404, 'Not Found Error', { message: what === '' ? 'Not found' : `Not found: ${what}` })
export const denied = (why = ''): CkanError => new CkanError(403, 'Authorization Error', { message: why === '' ? 'Access denied' : `Access denied: ${why}` })
/** The words of a question are none. */
export const queryError = (message: string): CkanError => new CkanError(400, 'Search Query Error', { message: `Search Query is invalid: ${message}` })
export const searchError = (message: string): CkanError => new CkanError(409, 'Search Error', { message: `Search error: ${message}` })

/** Refusals of a key or a ground that CKAN would call an authorisation. */
const DENIALS = /^(access\/|delivery\/(no-grant|suspended|revoked|expired|out-of-scope|signature-required|verification-only|statistics-only|quota-used-up))/
const GONE = /^(request\/not-found|delivery\/no-data)$/
const LATER: Readonly<Record<string, number>> = { 'delivery/quota-exceeded': 429, 'request/overloaded': 503, 'delivery/query-too-slow': 409 }

/** What an action threw, in CKAN's words; undefined for what nobody expected. */
export function failureOf(error: unknown): CkanFailure | undefined {
  if (error instanceof CkanError) return error.failure
  if (!isAppError(error)) return undefined
  if (GONE.test(error.code)) return notFound().failure
  if (DENIALS.test(error.code)) return denied(error.code).failure
  const status = LATER[error.code]
  if (error.code === 'delivery/query-too-slow') return invalid({ query: ['Query took too long'] }).failure
  if (status !== undefined) return new CkanError(status, 'Rate Limit Error', { message: error.code }).failure
  const reason = error.params['reason']
  const messages = error.issues.map(({ message }) => message)
  if (error.code === 'delivery/sql-refused') {
    if (reason === 'function') return denied(messages.join(' ').replace(/\.$/, '')).failure
    if (reason === 'table') return notFound(messages.join(' ')).failure
    return invalid({ query: messages }).failure
  }
  if (error.issues.length === 0) return invalid({ message: error.code }).failure
  const fields: Record<string, string[]> = {}
  for (const { pointer, message } of error.issues) (fields[pointer.split('/')[1] ?? 'message'] ??= []).push(error.code === 'delivery/invalid-query' ? `invalid value "${message}"` : message)
  return invalid(fields).failure
}
