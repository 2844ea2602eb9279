import type { SignatureAlgorithm } from '@datong/contracts'
import { httpbis } from 'http-message-signatures'
import { type KeyObject, verify } from 'node:crypto'

/** A message as its signature sees it. */
export interface SignedMessage {
  readonly method: string
  /** Scheme, host and port as the sender knows them: `https://data.example.gov.cn`. */
  readonly origin: string
  /** As on the wire: path and query, not normalised. */
  readonly target: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** Components that are part of the request itself rather than a field. @see RFC 9421, section 2.2 */
const DERIVED: Readonly<Record<string, (message: SignedMessage) => string>> = {
  '@method': ({ method }) => method,
  '@target-uri': ({ origin, target }) => origin + target,
  '@authority': ({ origin }) => origin.slice(origin.indexOf('://') + 3),
  '@scheme': ({ origin }) => origin.slice(0, origin.indexOf('://')),
  '@request-target': ({ target }) => target,
  '@path': ({ target }) => target.split('?', 1)[0] || '/',
  '@query': ({ target }) => (target.includes('?') ? target.slice(target.indexOf('?')) : '?'),
}

/**
 * The text that is signed.
 * @param params covered components with their parameters, serialised
 * @returns undefined when a component is not there or cannot be had
 * @see RFC 9421, section 2.5
 */
export function signatureBaseOf(message: SignedMessage, components: readonly string[], params: string): string | undefined {
  try {
    const lines = httpbis.createSignatureBase({
      fields: [...components],
      componentParser: (name, given) => {
        if (!name.startsWith('@')) return null
        const derive = DERIVED[name]
        if (derive === undefined || given.size > 0) throw new Error(`no component ${name}`)
        return [derive(message)]
      },
    }, { method: message.method, url: message.origin + message.target, headers: presentIn(message.headers) })
    return httpbis.formatSignatureBase([...lines, ['"@signature-params"', [params]]])
  } catch {
    // The library says in an Error of its own which component is missing; the caller learns that it does not verify.
    return undefined
  }
}

/** Whether the holder of a key signed a text. ECDSA signatures are r and s side by side. @see RFC 9421, sections 3.3.4 and 3.3.6 */
export function isSignedBy(key: KeyObject, algorithm: SignatureAlgorithm, base: string, signature: Uint8Array): boolean {
  return algorithm === 'ed25519' ? verify(null, Buffer.from(base), key, signature)
    : verify('sha256', Buffer.from(base), { key, dsaEncoding: 'ieee-p1363' }, signature)
}

const presentIn = (headers: SignedMessage['headers']): Record<string, string | string[]> => {
  const present: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) present[name] = typeof value === 'string' ? value : [...value]
  return present
}
