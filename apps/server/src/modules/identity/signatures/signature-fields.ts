import { AppError } from '@datong/kernel'
import { type InnerList, isInnerList, type Item, parseDictionary, serializeInnerList, serializeItem } from 'structured-headers'

/** A signature of a request as its two fields say, not yet believed. */
export interface SignatureFields {
  readonly keyId: string
  /** Seconds since 1970. */
  readonly created: number
  readonly expires: number | null
  readonly nonce: string
  readonly algorithm: string | null
  /** Covered components, serialised: `"@method"`, `"content-digest"`. */
  readonly components: readonly string[]
  /** The covered components with all parameters, as the last line of the base repeats them. */
  readonly params: string
  readonly signature: Buffer
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const MAX_COMPONENTS = 30

export const invalidSignature = (reason: string): AppError => new AppError('access/signature-invalid', { reason })

/**
 * Reads the signature that names one of our keys. Others, which proxies and crawlers may add, are none of ours.
 * @throws AppError `access/signature-invalid` when the fields cannot be read or lack what makes a signature safe
 * @see RFC 9421, sections 2.3, 4.1 and 4.2
 */
export function readSignatureFields(input: string, signature: string | undefined): SignatureFields | undefined {
  const inputs = dictionaryIn(input)
  for (const [label, member] of inputs) {
    if (!isInnerList(member)) throw invalidSignature('malformed')
    const keyId = member[1].get('keyid')
    if (typeof keyId !== 'string' || !UUID.test(keyId)) continue
    const value = dictionaryIn(signature ?? '').get(label)?.[0]
    if (!(value instanceof ArrayBuffer)) throw invalidSignature('malformed')
    return { keyId, ...paramsOf(member), components: componentsOf(member[0]), params: serializeInnerList(member), signature: Buffer.from(value) }
  }
  return undefined
}

function paramsOf([, params]: InnerList): Pick<SignatureFields, 'created' | 'expires' | 'nonce' | 'algorithm'> {
  const [created, expires, nonce, algorithm] = ['created', 'expires', 'nonce', 'alg'].map((name) => params.get(name))
  if (!isTime(created) || (expires !== undefined && !isTime(expires))) throw invalidSignature('created')
  if (typeof nonce !== 'string' || nonce === '') throw invalidSignature('nonce')
  if (algorithm !== undefined && typeof algorithm !== 'string') throw invalidSignature('algorithm')
  return { created, expires: expires ?? null, nonce, algorithm: algorithm ?? null }
}

/** A component stands at most once, and none speaks of another message. */
function componentsOf(items: readonly Item[]): string[] {
  const components = items.map((item) => serializeItem(item))
  const foreign = items.some(([name, params]) => typeof name !== 'string' || name !== name.toLowerCase() || params.has('req') || params.has('tr'))
  if (foreign || new Set(components).size !== components.length || components.length > MAX_COMPONENTS) throw invalidSignature('components')
  return components
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

function dictionaryIn(field: string): ReturnType<typeof parseDictionary> {
  try {
    return parseDictionary(field)
  } catch {
    throw invalidSignature('malformed')
  }
}
