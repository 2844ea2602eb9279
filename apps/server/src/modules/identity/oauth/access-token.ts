import type { Scope } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { FastifyRequest } from 'fastify'
import { timingSafeEqual } from 'node:crypto'
import type { Caller } from '../../../platform/caller.ts'
import type { IdentityContext } from '../context.ts'
import { type KeyRecord, requireHolding } from '../key-record.ts'

/** How long an access token lives, seconds. */
const TOKEN_LIFE_S = 600

/**
 * An access token: `da_`, what it says, a full stop, and our seal over it. It is kept nowhere. It says which key it was
 * asked with, so that it ends with that key, and holds wherever that key would.
 */
interface Claims {
  readonly key: string
  readonly scopes: readonly Scope[] | null
  /** Seconds since 1970. */
  readonly until: number
}

const TOKEN = /^da_([A-Za-z0-9_-]{40,1000})\.([A-Za-z0-9_-]{43})$/

export const isAccessToken = (token: string): boolean => token.startsWith('da_')

/** @param scopes narrower than the key's, or the key's own */
export function issueToken({ clock, pepper }: IdentityContext, record: KeyRecord, scopes: readonly Scope[] | null): { token: string; expiresInSeconds: number } {
  const now = Math.floor(clock.now().getTime() / 1_000)
  const until = Math.min(now + TOKEN_LIFE_S, Math.floor(record.expiresAtMs / 1_000))
  const claims: Claims = { key: record.keyId, scopes, until }
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
  return { token: `da_${payload}.${pepper.ofAccessToken(payload).toString('base64url')}`, expiresInSeconds: until - now }
}

/**
 * The application that a token was given to.
 * @throws AppError `access/unauthenticated` for a token that is over or none of ours, and what its key would throw
 */
export async function callerByToken(context: IdentityContext, request: FastifyRequest, token: string): Promise<Caller> {
  const claims = claimsIn(context, token)
  if (claims === undefined || claims.until * 1_000 <= context.clock.now().getTime()) throw new AppError('access/unauthenticated')
  const record = await context.keys.findById(claims.key)
  if (record === undefined) throw new AppError('access/unauthenticated')
  requireHolding(context, request, record)
  context.keys.touch(record.keyId)
  return { ...record.caller, signed: false, scopes: claims.scopes }
}

function claimsIn({ pepper }: IdentityContext, token: string): Claims | undefined {
  const [, payload = '', seal = ''] = TOKEN.exec(token) ?? []
  const given = Buffer.from(seal, 'base64url')
  const expected = pepper.ofAccessToken(payload)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims // our own seal is on it
}
