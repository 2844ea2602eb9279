import { AppError } from '@datong/kernel'
import type { FastifyRequest } from 'fastify'
import { type Caller, PUBLIC_CALLER } from '../../platform/caller.ts'
import type { IdentityContext } from './context.ts'
import { actorOf } from './deps.ts'
import { type KeyRecord, requireHolding } from './key-record.ts'
import { callerByToken, isAccessToken } from './oauth/access-token.ts'
import { findSession } from './session-store.ts'
import { verifyRequest } from './signatures/verify-request.ts'
import { hashNameOfKey, isKeyLike, isSessionToken, KEY_LENGTH } from './tokens.ts'

export const SESSION_COOKIE = 'datong_session'

/** The caller of a request, and the token that its changes must repeat when a cookie made it known. */
export interface Credentials {
  readonly caller: Caller
  readonly csrfToken: string | null
}

const PUBLIC: Credentials = { caller: PUBLIC_CALLER, csrfToken: null }

/**
 * Who asks: by key, access token or session token in `Authorization`, by signature, else by session cookie, else the
 * public. A cookie whose session has ended counts as none; a bad header is refused, for who sends one means it. A plain
 * key that is remembered costs one hash and one look-up, and no waiting.
 * @throws AppError `access/unauthenticated`, `access/key-expired`, `access/key-revoked`, `access/address-not-allowed`, `access/signature-…`
 */
export function authenticate(context: IdentityContext, request: FastifyRequest): Credentials | Promise<Credentials> {
  const { authorization, 'signature-input': signatureInput } = request.headers
  if (authorization === undefined) return signatureInput === undefined ? byCookie(context, request) : bySignature(context, request)
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
  if (token === undefined) throw new AppError('access/unauthenticated')
  if (!isKeyLike(token)) return byOtherToken(context, request, token)
  if (token.length !== KEY_LENGTH) throw new AppError('access/unauthenticated')
  const found = context.keys.findByHash(hashNameOfKey(token))
  if (signatureInput !== undefined) return withSignature(context, request, Promise.resolve(found).then((record) => byKey(context, request, record)))
  return found instanceof Promise ? found.then((record) => byKey(context, request, record)) : byKey(context, request, found)
}

/** The session token that a request carries, however it does. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(ds_\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return bearer ?? request.cookies[SESSION_COOKIE]
}

function byKey(context: IdentityContext, request: FastifyRequest, record: KeyRecord | undefined): Credentials {
  if (record === undefined) throw new AppError('access/unauthenticated')
  requireHolding(context, request, record)
  context.keys.touch(record.keyId)
  return { caller: record.caller, csrfToken: null }
}

/** A signature alone says who asks. One that names none of our keys says nothing. */
async function bySignature(context: IdentityContext, request: FastifyRequest): Promise<Credentials> {
  const record = await verifyRequest(context, request)
  return record === undefined ? byCookie(context, request) : byKey(context, request, record)
}

/** A signature beside a key or token: both must hold, be of one application, and the narrower limits count. */
async function withSignature(context: IdentityContext, request: FastifyRequest, bearer: Promise<Credentials>): Promise<Credentials> {
  const { caller } = await bearer
  const record = await verifyRequest(context, request)
  if (record === undefined) return { caller, csrfToken: null }
  if (record.appId !== caller.actor.id) throw new AppError('access/signature-invalid', { reason: 'mismatch' })
  const signer = byKey(context, request, record).caller
  const scopes = narrower(caller.scopes, signer.scopes)
  const entryCodes = narrower(caller.entryCodes, signer.entryCodes)
  return { caller: { ...caller, signed: true, scopes, entryCodes: entryCodes && new Set(entryCodes) }, csrfToken: null }
}

/** What two limits both allow; no limit allows everything. */
function narrower<T>(one: Iterable<T> | null | undefined, other: Iterable<T> | null | undefined): T[] | null {
  if (one === null || one === undefined) return other ? [...other] : null
  if (other === null || other === undefined) return [...one]
  const allowed = new Set(other)
  return [...one].filter((value) => allowed.has(value))
}

async function byOtherToken(context: IdentityContext, request: FastifyRequest, token: string): Promise<Credentials> {
  if (isAccessToken(token)) {
    const bearer = callerByToken(context, request, token).then((caller) => ({ caller, csrfToken: null }))
    return request.headers['signature-input'] === undefined ? bearer : withSignature(context, request, bearer)
  }
  const caller = await callerBySession(context, token)
  if (caller === undefined) throw new AppError('access/unauthenticated')
  return { caller, csrfToken: null }
}

function byCookie(context: IdentityContext, request: FastifyRequest): Credentials | Promise<Credentials> {
  const cookie = request.cookies[SESSION_COOKIE]
  if (cookie === undefined) return PUBLIC
  return callerBySession(context, cookie).then((caller) => (caller === undefined ? PUBLIC : { caller, csrfToken: context.pepper.csrfToken(cookie) }))
}

async function callerBySession({ store, pepper, clock }: IdentityContext, token: string): Promise<Caller | undefined> {
  if (!isSessionToken(token)) return undefined
  const holder = await findSession(store.db, pepper.ofSession(token), clock.now())
  return holder && { actor: actorOf(holder), roles: holder.roles, organisation: holder.organisation, keyId: null }
}
