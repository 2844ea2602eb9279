/** Whether both hold the same bytes. Nothing secret is compared in this package, so the time may vary. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** Standard base64 with padding. @see RFC 4648 section 4 */
export const toBase64 = (bytes: Uint8Array): string => asBuffer(bytes).toString('base64')

/** base64url without padding. @see RFC 4648 section 5 */
export const toBase64Url = (bytes: Uint8Array): string => asBuffer(bytes).toString('base64url')

/**
 * Decodes standard base64 strictly: one text for each byte string, so that no changed character can go unseen in
 * padding bits (RFC 4648 section 3.5).
 * @returns null when the text is not what `toBase64` would write
 */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : null
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of UTF-8 bytes, or null when they are not valid UTF-8. A byte order mark is kept as a character. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return null
  }
}

const utf8 = new TextEncoder()

export const toUtf8 = (text: string): Uint8Array => utf8.encode(text)

/** Bytes of a lower-case hexadecimal number of 8 digits, big-endian; null for anything else. */
export function fromHex32(text: string): Uint8Array | null {
  return /^[0-9a-f]{8}$/.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : null
}

export const toHex = (bytes: Uint8Array): string => asBuffer(bytes).toString('hex')

/** A view, not a copy. */
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
