import { AppError, ok, refused, type Result } from '@datong/kernel'
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { concatBytes, fromBase64, fromHex32, sameBytes, toBase64, toHex, toUtf8 } from './bytes.ts'
import { sha256 } from './hash.ts'

/** Signature type of plain Ed25519. @see C2SP signed-note, Signature types */
const ED25519 = 0x01
const KEY_BYTES = 32
// DER of everything before the 32 key bytes. @see RFC 8410 sections 4 and 7
const PUBLIC_KEY_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const PRIVATE_KEY_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Holds signatures against one public key. */
export interface NoteVerifier {
  readonly name: string
  /** First 4 bytes of SHA-256(name || LF || 0x01 || public key), as 8 hexadecimal digits. */
  readonly keyId: string
  verify(text: Uint8Array, signature: Uint8Array): boolean
}

/** Signs notes with one private key. */
export interface NoteSigner {
  readonly name: string
  readonly keyId: string
  /** `name+keyId+base64(0x01 || public key)`: all that others need to verify. */
  readonly verifierKey: string
  sign(text: Uint8Array): Uint8Array
}

/** Key names are not empty and have no spaces, plus signs or control characters. @see C2SP signed-note, Format */
export const isKeyName = (name: string): boolean => name.isWellFormed() && /^[^\s+\p{Cc}]+$/u.test(name)

/**
 * A signer from an Ed25519 seed.
 * @param name of the key; for a log its origin, such as `data.example.gov.cn/log`
 * @param seed 32 secret bytes
 * @throws AppError `evidence/invalid-key`
 * @see RFC 8032 section 5.1.5
 */
export function noteSigner(name: string, seed: Uint8Array): NoteSigner {
  if (!isKeyName(name)) throw new AppError('evidence/invalid-key', { reason: 'name' })
  if (seed.length !== KEY_BYTES) throw new AppError('evidence/invalid-key', { reason: 'seed' })
  const der = Buffer.concat([PRIVATE_KEY_PREFIX, seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES)
  const typed = concatBytes([Uint8Array.of(ED25519), publicKey])
  const keyId = keyIdOf(name, typed)
  return {
    name,
    keyId,
    verifierKey: `${name}+${keyId}+${toBase64(typed)}`,
    sign: (text) => new Uint8Array(sign(null, text, privateKey)),
  }
}

/** Reads a verifier key as `NoteSigner.verifierKey` and `golang.org/x/mod/sumdb/note` write it. */
export function parseVerifierKey(text: string): Result<NoteVerifier, string> {
  const match = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text)
  if (match === null) return refused('the key is not of the form name+id+base64')
  const [, name = '', keyId = '', encoded = ''] = match
  const typed = fromBase64(encoded)
  if (!isKeyName(name)) return refused('the key has no valid name')
  if (typed === null || typed.length !== 1 + KEY_BYTES) return refused('the key is not 33 bytes of base64')
  if (typed[0] !== ED25519) return refused('the key is not an Ed25519 key')
  if (fromHex32(keyId) === null || keyIdOf(name, typed) !== keyId) return refused('the key does not match its id')
  const publicKey = importPublicKey(typed.subarray(1))
  if (publicKey === null) return refused('the key is not a point of Ed25519')
  return ok({ name, keyId, verify: (data, signature) => verify(null, data, publicKey, signature) })
}

const keyIdOf = (name: string, typed: Uint8Array): string =>
  toHex(sha256(concatBytes([toUtf8(`${name}\n`), typed])).subarray(0, 4))

function importPublicKey(bytes: Uint8Array): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.concat([PUBLIC_KEY_PREFIX, bytes]), format: 'der', type: 'spki' })
    return sameBytes(key.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES), bytes) ? key : null
  } catch {
    return null
  }
}
