import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps secrets of others (passwords, signing secrets) unreadable at rest. */
export interface Sealer {
  /** @param purpose what and whose it is, such as `webhook <id>`: sealed text opens only for the same purpose */
  seal(text: string, purpose: string): Buffer
  /** @throws Error when it was sealed with another key, for another purpose, or changed */
  open(sealed: Uint8Array, purpose: string): string
  /** A key of 32 bytes for another use, derived from the same secret. */
  derive(use: string): Buffer
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM (NIST SP 800-38D) with a key derived by HKDF-SHA256 (RFC 5869); form: nonce, ciphertext, tag. */
export function createSealer(secret: Uint8Array): Sealer {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `datong ${use}`, 32))
  const key = derive('sealing')
  return {
    derive,
    seal: (text, purpose) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose))
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open: (sealed, purpose) => {
      const bytes = Buffer.from(sealed)
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(purpose))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
    },
  }
}
