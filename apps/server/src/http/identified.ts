import { AppError } from '@datong/kernel'
import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../platform/caller.ts'

/** Who a request comes from. */
export interface Identified {
  readonly caller: Caller
  /** Set when the caller is known by a cookie, which browsers send by themselves: changes must repeat this token. */
  readonly csrfToken: string | null
}

/**
 * Finds the caller of a request by its key, token or cookie.
 * A caller who is remembered is found at once, without a promise: calls for data come by the thousand.
 * @throws AppError `access/unauthenticated` when an `Authorization` header is there and is no good
 */
export type Authenticate = (request: FastifyRequest) => Identified | Promise<Identified>

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** @throws AppError `access/csrf` when a cookie alone asks for a change */
export function requireCsrfToken(request: FastifyRequest, { csrfToken }: Identified): void {
  if (csrfToken === null || SAFE.has(request.method)) return
  const given = Buffer.from(String(request.headers['x-csrf-token'] ?? ''))
  const expected = Buffer.from(csrfToken)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new AppError('access/csrf')
}
