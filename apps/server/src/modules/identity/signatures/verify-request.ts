import { AppError } from '@datong/kernel'
import type { FastifyRequest } from 'fastify'
import { bodyHas, digestsIn, expectBody } from '../../../platform/body-digest.ts'
import type { IdentityContext } from '../context.ts'
import type { KeyRecord } from '../key-record.ts'
import { originOf } from '../origin.ts'
import { CLOCK_SKEW_S, SIGNATURE_LIFE_S } from './nonces.ts'
import { isSignedBy, signatureBaseOf } from './signature-base.ts'
import { invalidSignature, readSignatureFields, type SignatureFields } from './signature-fields.ts'

/**
 * The key that signed a request; undefined when no signature names one of ours.
 *
 * Method and whole target must be covered, and the digest of the body when there is one, which is held against the body
 * when it is read. A signature is taken within 300 s of its making, once. Whether the key still holds is for the caller to
 * ask: that is told to its holder only.
 * @throws AppError `access/signature-invalid`, `access/signature-expired`, `access/signature-replayed`
 * @see RFC 9421, section 3.2; RFC 9530
 */
export async function verifyRequest(context: IdentityContext, request: FastifyRequest): Promise<KeyRecord | undefined> {
  const { headers } = request
  const fields = readSignatureFields(oneOf(headers['signature-input']) ?? '', oneOf(headers['signature']))
  if (fields === undefined) return undefined
  requireCoverage(fields, hasBody(request))
  requireFresh(fields, context.clock.now().getTime() / 1_000)
  const message = { method: request.method, origin: originOf(context, request), target: request.raw.url ?? request.url, headers }
  const base = signatureBaseOf(message, fields.components, fields.params)
  const record = await context.keys.findById(fields.keyId)
  // An unknown key, a missing component and a wrong signature are told alike.
  if (base === undefined || record === undefined || record.publicKey === null || record.algorithm === null) throw invalidSignature('mismatch')
  if (fields.algorithm !== null && fields.algorithm !== record.algorithm) throw invalidSignature('algorithm')
  if (!isSignedBy(record.publicKey, record.algorithm, base, fields.signature)) throw invalidSignature('mismatch')
  const taken = await context.nonces.take(record.keyId, fields.nonce, fields.created)
  if (taken !== 'fresh') throw new AppError(taken === 'seen' ? 'access/signature-replayed' : 'access/signature-expired')
  takeDigest(request, fields)
  return record
}

const hasBody = ({ headers }: FastifyRequest): boolean => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

function requireCoverage({ components }: SignatureFields, body: boolean): void {
  const covers = (name: string): boolean => components.includes(`"${name}"`)
  const target = covers('@target-uri') || covers('@request-target') || (covers('@path') && covers('@query'))
  if (!covers('@method') || !target || (body && !covers('content-digest'))) throw invalidSignature('components')
}

function requireFresh({ created, expires }: SignatureFields, now: number): void {
  const late = now - created > SIGNATURE_LIFE_S || (expires !== null && now > expires)
  if (late || created - now > CLOCK_SKEW_S) throw new AppError('access/signature-expired')
}

/** A body comes after the signature was believed; one that is missing is held against the digest now. */
function takeDigest(request: FastifyRequest, { components }: SignatureFields): void {
  if (!components.includes('"content-digest"')) return
  const digests = digestsIn(oneOf(request.headers['content-digest']) ?? '')
  if (digests.length === 0 || (!hasBody(request) && !bodyHas(digests, ''))) throw invalidSignature('digest')
  expectBody(request, digests)
}

const oneOf = (field: string | string[] | undefined): string | undefined => (Array.isArray(field) ? field.join(', ') : field)
