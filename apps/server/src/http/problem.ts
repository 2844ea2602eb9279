import type { Problem } from '@datong/contracts'
import { AppError, type ErrorParams, isAppError, type Issue } from '@datong/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { statusOf } from './status.ts'

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** What Fastify, its plugins and a full disk throw, in the words of the registry. */
const FRAMEWORK_ERRORS = new Map([
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'request/too-large'],
  ['FST_REQ_FILE_TOO_LARGE', 'request/too-large'],
  ['FST_FILES_LIMIT', 'request/too-large'],
  ['FST_PARTS_LIMIT', 'request/too-large'],
  ['FST_FIELDS_LIMIT', 'request/too-large'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'request/unsupported-media-type'],
  ['FST_INVALID_MULTIPART_CONTENT_TYPE', 'request/unsupported-media-type'],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 'request/malformed'],
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'request/malformed'],
  ['FST_ERR_BAD_URL', 'request/not-found'],
  ['ENOSPC', 'store/disk-full'],
  ['EDQUOT', 'store/disk-full'],
  ['53100', 'store/disk-full'],
])

/** Lost or refused connections to what we stand on: PostgreSQL's classes 08 and 57P, Node's socket errors. */
const DOWN = /^(08...|57P0.|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/
/** What the database's driver says, without a code, when its connection breaks. */
const CUT_OFF = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/

/** Any error as one of the registry; whatever is unknown becomes `server/failure` and tells nothing. */
export function asAppError(error: unknown): AppError {
  if (isAppError(error)) return statusOf(error.code) ? error : new AppError('server/failure', {}, [], { cause: error })
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const known = FRAMEWORK_ERRORS.get(error.code)
    if (known !== undefined) return new AppError(known, {}, [], { cause: error })
    if (DOWN.test(error.code) || ('syscall' in error && error.syscall === 'connect')) return new AppError('store/unreachable', {}, [], { cause: error })
  }
  if (error instanceof Error && CUT_OFF.test(error.message)) return new AppError('store/unreachable', {}, [], { cause: error })
  if (error instanceof SyntaxError && 'statusCode' in error && error.statusCode === 400) {
    return new AppError('request/malformed', {}, [{ pointer: '', code: 'json', message: error.message }], { cause: error })
  }
  return new AppError('server/failure', {}, [], { cause: error })
}

/** Codes whose params were meant for an operator's terminal, not for the wire. */
const isInternal = (code: string): boolean => code.startsWith('store/') || code.startsWith('server/')

/**
 * The problem document of an error.
 * @param instance path of the request; the query is left out, it may hold personal data
 * @see RFC 9457
 */
export function problemOf(error: AppError, instance: string, requestId: string): Problem {
  const { status, title } = statusOf(error.code) ?? { status: 500, title: 'Something went wrong here' }
  const params: ErrorParams = isInternal(error.code) ? { requestId } : error.params
  return {
    type: `urn:datong:problem:${error.code}`,
    title,
    status,
    detail: detailOf(title, isInternal(error.code) ? [] : error.issues),
    instance,
    code: error.code,
    ...(Object.keys(params).length > 0 ? { params } : {}),
    errors: isInternal(error.code) ? [] : [...error.issues],
  }
}

function detailOf(title: string, issues: readonly Issue[]): string {
  const first = issues.slice(0, 3).map(({ pointer, message }) => (pointer === '' ? message : `${pointer}: ${message}`))
  if (first.length === 0) return `${title}.`
  const more = issues.length > first.length ? ` (and ${issues.length - first.length} more)` : ''
  return `${title}: ${first.join('; ')}${more}.`
}

/** Writes an error as its problem document, with `Retry-After` where waiting helps. */
export function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request.url.split('?', 1)[0] ?? '', request.id)
  const wait = error.params['retryAfterSeconds']
  if (typeof wait === 'number') reply.header('retry-after', String(Math.max(1, Math.ceil(wait))))
  else if (problem.status === 503) reply.header('retry-after', '2')
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="datong"')
  // A string passes by the answer schemas, which describe successes only.
  return reply.code(problem.status).header('cache-control', 'no-store').header('content-type', PROBLEM_TYPE)
    .serializer((text: unknown) => String(text)).send(JSON.stringify(problem))
}
