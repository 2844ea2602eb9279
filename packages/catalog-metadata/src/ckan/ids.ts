import { hash } from 'node:crypto'

/**
 * CKAN knows everything by UUID. Those of data sets and resources hold the entry's code in their digits (RFC 9562, version 8), so
 * that whoever brings one is answered without a list of them all: kind, code, and for resources a digest of their key.
 */
const KINDS = { dataset: 'd', resource: 'e' } as const
const CODE_DIGITS = 19
const DIGEST_DIGITS = 10
const NO_DIGEST = '0'.repeat(DIGEST_DIGITS)

/** Codes such as `306007-000123`. */
const CODE = /^[0-9]{6,12}-[0-9]{6}$/

function uuidOf(kind: keyof typeof KINDS, code: string, digest: string): string {
  const digits = `${KINDS[kind]}${code.replace('-', 'a').padEnd(CODE_DIGITS, 'f')}${digest}`
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(12, 15)}-8${digits.slice(15, 18)}-${digits.slice(18, 30)}`
}

const digestOf = (key: string): string => hash('sha256', key, 'hex').slice(0, DIGEST_DIGITS)

/** The id of a data set by its code; a name of another form gets one made of its digest, which leads back nowhere. */
export const ckanDatasetId = (code: string): string => (CODE.test(code) ? uuidOf('dataset', code, NO_DIGEST) : nameUuid('dataset', code))

export const ckanResourceId = (code: string, key: string): string => (CODE.test(code) ? uuidOf('resource', code, digestOf(key)) : nameUuid('resource', `${code} ${key}`))

/** The code in an id of a data set or of one of its resources; undefined for ids that are none of ours. */
export function codeInCkanId(id: string, kind: keyof typeof KINDS): string | undefined {
  const found = /^([0-9a-f]{8})-([0-9a-f]{4})-8([0-9a-f]{3})-8([0-9a-f]{3})-([0-9a-f]{12})$/.exec(id.toLowerCase())
  if (found === null) return undefined
  const digits = found.slice(1).join('')
  const code = digits.slice(1, 1 + CODE_DIGITS).replace(/f+$/, '').replace('a', '-')
  return digits.startsWith(KINDS[kind]) && CODE.test(code) ? code : undefined
}

/** Namespace of our names, made once at random. */
const NAMESPACE = 'c0d7a5f4-3d0e-4f43-9d54-6b1f0f7c2a11'

/** The id of an organisation, group or tag: always the same for the same name. @see RFC 9562 section 5.5 */
export const ckanNameId = (kind: 'organization' | 'group' | 'tag' | 'license', name: string): string => nameUuid(kind, name)

function nameUuid(kind: string, name: string): string {
  const bytes = Buffer.concat([Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'), Buffer.from(`${kind} ${name}`)])
  const digest = Buffer.from(hash('sha1', bytes, 'hex'), 'hex').subarray(0, 16)
  digest[6] = (digest[6]! & 0x0f) | 0x50 // sixteen bytes
  digest[8] = (digest[8]! & 0x3f) | 0x80 // as above
  const hex = digest.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
