import type { SignatureAlgorithm } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'

/** A public key as it is registered. */
export interface PublicKey {
  readonly algorithm: SignatureAlgorithm
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Buffer
  /** SHA-256 of the key's required members, base64url. @see RFC 7638 */
  readonly thumbprint: string
}

/**
 * Reads a public key in PEM or as JSON Web Key.
 * @throws AppError `request/invalid` when it is none, of another kind, or holds a private key
 */
export function readPublicKey(text: string): PublicKey {
  const jwk = /^\s*\{/.test(text) ? jsonWebKeyIn(text) : undefined
  if (/PRIVATE KEY/.test(text) || (jwk !== undefined && 'd' in jwk)) throw wrong('private', 'is a private key: keep it, and register the public one')
  let key: KeyObject
  try {
    key = jwk === undefined ? createPublicKey({ key: text, format: 'pem' }) : createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    throw wrong('public-key', 'is not a public key in PEM or JWK form')
  }
  const algorithm = algorithmOf(key)
  if (algorithm === undefined) throw wrong('algorithm', 'must be an Ed25519 or P-256 key')
  return { algorithm, spki: key.export({ format: 'der', type: 'spki' }), thumbprint: thumbprintOf(key) }
}

function algorithmOf(key: KeyObject): SignatureAlgorithm | undefined {
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519'
  return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ecdsa-p256-sha256' : undefined
}

function thumbprintOf(key: KeyObject): string {
  const { crv, kty, x, y } = key.export({ format: 'jwk' })
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, ...(y === undefined ? {} : { y }) })).digest('base64url')
}

function jsonWebKeyIn(text: string): JsonWebKey {
  try {
    return JSON.parse(text) as JsonWebKey // an object by its first character; createPublicKey checks its members
  } catch {
    throw wrong('public-key', 'is not a public key in PEM or JWK form')
  }
}

const wrong = (code: string, message: string): AppError => new AppError('request/invalid', {}, [{ pointer: '/publicKey', code, message }])
