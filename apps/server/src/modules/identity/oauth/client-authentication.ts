import { isAppError } from '@datong/kernel'
import type { FastifyRequest } from 'fastify'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import type { IdentityContext } from '../context.ts'
import { type KeyRecord, requireHolding } from '../key-record.ts'
import { originOf } from '../origin.ts'
import { CLOCK_SKEW_S, SIGNATURE_LIFE_S } from '../signatures/nonces.ts'
import { hashNameOfKey, prefixOfKey } from '../tokens.ts'
import { OAuthError } from './oauth-error.ts'

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
export const TOKEN_PATH = '/oauth/token'
/** JWS names of the algorithms of signing keys. @see RFC 7518, RFC 8037, RFC 9864 */
export const ASSERTION_ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256']

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The key by which a client shows who it is: the key itself as its secret, by Basic or in the form, or an assertion signed
 * with a registered key. Exactly one of them.
 * @throws OAuthError
 * @see RFC 6749, section 2.3; RFC 7523, section 2.2
 */
export async function authenticateClient(context: IdentityContext, request: FastifyRequest, form: ReadonlyMap<string, string>): Promise<KeyRecord> {
  const { authorization } = request.headers
  const ways = [authorization, form.get('client_secret'), form.get('client_assertion')].filter((way) => way !== undefined)
  if (ways.length > 1) throw new OAuthError('invalid_request', 'the client must authenticate in one way only')
  const assertion = form.get('client_assertion')
  const record = assertion === undefined ? await bySecret(context, authorization === undefined ? inForm(form) : inHeader(authorization)) : await byAssertion(context, request, form, assertion)
  if (record === undefined) throw unknownClient()
  try {
    requireHolding(context, request, record)
  } catch (error) {
    if (isAppError(error)) throw new OAuthError('invalid_client', REASONS.get(error.code) ?? 'the key does not hold')
    throw error
  }
  return record
}

const REASONS = new Map([
  ['access/key-revoked', 'the key was revoked'], ['access/key-expired', 'the key has expired'],
  ['access/address-not-allowed', 'the key does not hold at this address'],
])

const unknownClient = (): OAuthError => new OAuthError('invalid_client', 'client and secret do not belong together')

interface Secret {
  readonly clientId: string | undefined
  readonly secret: string | undefined
}

const inForm = (form: ReadonlyMap<string, string>): Secret => ({ clientId: form.get('client_id'), secret: form.get('client_secret') })

/** Both halves are form-encoded before they are joined; ours need no encoding, but a client may encode all the same. */
function inHeader(authorization: string): Secret {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1]
  const [clientId, secret] = Buffer.from(encoded ?? '', 'base64').toString().split(':').map((half) => new URLSearchParams(`x=${half}`).get('x') ?? undefined)
  return { clientId, secret }
}

async function bySecret({ keys }: IdentityContext, { clientId, secret }: Secret): Promise<KeyRecord | undefined> {
  if (clientId === undefined || secret === undefined || prefixOfKey(secret) === undefined) return undefined
  const record = await keys.findByHash(hashNameOfKey(secret))
  return record?.appId === clientId ? record : undefined
}

async function byAssertion(context: IdentityContext, request: FastifyRequest, form: ReadonlyMap<string, string>, assertion: string): Promise<KeyRecord | undefined> {
  if (form.get('client_assertion_type') !== ASSERTION_TYPE) throw new OAuthError('invalid_request', `client_assertion_type must be ${ASSERTION_TYPE}`)
  const keyId = keyIdOf(assertion)
  const record = keyId === undefined ? undefined : await context.keys.findById(keyId)
  if (record === undefined || record.publicKey === null) return undefined
  const clientId = form.get('client_id')
  if (clientId !== undefined && clientId !== record.appId) return undefined
  const origin = originOf(context, request)
  const claims = await jwtVerify(assertion, record.publicKey, {
    algorithms: ASSERTION_ALGORITHMS, issuer: record.appId, subject: record.appId, audience: [origin, origin + TOKEN_PATH],
    currentDate: context.clock.now(), clockTolerance: CLOCK_SKEW_S, maxTokenAge: SIGNATURE_LIFE_S, requiredClaims: ['exp', 'iat', 'jti'],
  }).then(({ payload }) => payload, () => undefined)
  if (claims === undefined) return undefined
  const taken = await context.nonces.take(record.keyId, `jti ${claims.jti}`, claims.iat ?? 0)
  if (taken !== 'fresh') throw new OAuthError('invalid_client', taken === 'seen' ? 'the assertion was used before' : 'the assertion is too old')
  return record
}

function keyIdOf(assertion: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(assertion)
    return kid !== undefined && UUID.test(kid) ? kid : undefined
  } catch {
    return undefined
  }
}
