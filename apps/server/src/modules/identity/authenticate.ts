import { AppError } from '@datong/kernel'
import type { FastifyRequest } from 'fastify'
import { type Caller, PUBLIC_CALLER } from '../../platform/caller.ts'
import type { IdentityContext } from './context.ts'
import { actorOf } from './deps.ts'
import { findSession } from './session-store.ts'
import { hashOfKey, isKeyLike, isSessionToken, prefixOfKey } from './tokens.ts'

export const SESSION_COOKIE = 'datong_session'

/** The caller of a request, and the token that its changes must repeat when a cookie made it known. */
export interface Credentials {
  readonly caller: Caller
  readonly csrfToken: string | null
}

const PUBLIC: Credentials = { caller: PUBLIC_CALLER, csrfToken: null }

/**
 * Who asks: by key or session token in `Authorization`, else by session cookie, else the public. A cookie whose session
 * has ended counts as none; a bad header is refused, for who sends one means it.
 * @throws AppError `access/unauthenticated`, `access/key-expired`, `access/key-revoked`
 */
export async function authenticate(context: IdentityContext, request: FastifyRequest): Promise<Credentials> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
    if (token === undefined) throw new AppError('access/unauthenticated')
    const caller = isKeyLike(token) ? await callerByKey(context, token) : await callerBySession(context, token)
    if (caller === undefined) throw new AppError('access/unauthenticated')
    return { caller, csrfToken: null }
  }
  const cookie = request.cookies[SESSION_COOKIE]
  if (cookie === undefined) return PUBLIC
  const caller = await callerBySession(context, cookie)
  return caller === undefined ? PUBLIC : { caller, csrfToken: context.pepper.csrfToken(cookie) }
}

/** The session token that a request carries, however it does. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(ds_\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return bearer ?? request.cookies[SESSION_COOKIE]
}

async function callerBySession({ store, pepper, clock }: IdentityContext, token: string): Promise<Caller | undefined> {
  if (!isSessionToken(token)) return undefined
  const holder = await findSession(store.db, pepper.ofSession(token), clock.now())
  return holder && { actor: actorOf(holder), roles: holder.roles, organisation: holder.organisation, keyId: null }
}

async function callerByKey({ keys, clock }: IdentityContext, key: string): Promise<Caller | undefined> {
  if (prefixOfKey(key) === undefined) return undefined
  const record = await keys.find(hashOfKey(key))
  if (record === undefined) return undefined
  if (record.revokedAt !== null) throw new AppError('access/key-revoked')
  if (record.expiresAt !== null && record.expiresAt <= clock.now()) throw new AppError('access/key-expired')
  keys.touch(record.keyId)
  return {
    actor: { kind: 'application', id: record.appId, name: record.appName, organisation: record.organisation },
    roles: [], organisation: record.organisation, keyId: record.keyId,
  }
}
