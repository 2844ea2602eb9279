import { AppError, ok, refused, type Result } from '@datong/kernel'
import canonicalize from 'canonicalize'
import { fromUtf8, toBase64Url, toUtf8 } from './bytes.ts'
import { sha256, sha256OfBoth } from './hash.ts'

/** The two chains of evidence: what was decided, and who was given data. */
export const CHAINS = ['decision', 'access'] as const
export type Chain = (typeof CHAINS)[number]

/** Length of the salt that hides a body in its commitment, in bytes. */
export const SALT_BYTES = 16

/** What the log shows of an entry. It says that something was recorded when, and nothing about what. */
export interface Leaf {
  readonly v: 1
  readonly id: string
  /** Instant in UTC, RFC 3339 with `Z`. */
  readonly at: string
  readonly chain: Chain
  /** base64url(SHA-256(salt || canonical JSON of the body)), 43 characters. */
  readonly commitment: string
}

/** An entry before it is sealed. */
export interface EntryToSeal {
  readonly id: string
  readonly at: string
  readonly chain: Chain
  /** Any JSON value; stays with the operator and in receipts. */
  readonly body: unknown
  /** 16 random bytes, used for one entry only. */
  readonly salt: Uint8Array
}

/**
 * Makes the public leaf of an entry, which commits to its private body.
 * @returns the leaf, and the body in the canonical JSON that it commits to
 * @throws AppError `evidence/invalid-entry` when the body is not JSON, or a field has not its form
 * @see RFC 8785 (canonical JSON)
 */
export function sealEntry({ id, at, chain, body, salt }: EntryToSeal): {
  readonly leaf: Uint8Array
  readonly commitment: string
  readonly canonicalBody: string
} {
  if (salt.length !== SALT_BYTES) throw new AppError('evidence/invalid-entry', { reason: 'salt' })
  const canonicalBody = canonicalJson(body)
  if (canonicalBody === null) throw new AppError('evidence/invalid-entry', { reason: 'body' })
  const commitment = commitTo(toUtf8(canonicalBody), salt)
  const leaf: Leaf = { v: 1, id, at, chain, commitment: toBase64Url(commitment) }
  const problem = leafProblem(leaf)
  if (problem !== null) throw new AppError('evidence/invalid-entry', { reason: problem })
  return { leaf: encodeLeaf(leaf, commitment), commitment: leaf.commitment, canonicalBody }
}

/** SHA-256(salt || canonical body): 32 bytes, of which a leaf shows the base64url form. */
export function commitTo(canonicalBody: Uint8Array, salt: Uint8Array): Uint8Array {
  return sha256OfBoth(salt, canonicalBody)
}

/**
 * Writes the leaf of an entry whose commitment is known: the same bytes that `sealEntry` makes.
 * @param commitment 32 bytes
 */
export const encodeLeaf = (named: Pick<Leaf, 'id' | 'at' | 'chain'>, commitment: Uint8Array): Uint8Array => toUtf8(leafText(named, commitment))

/** What `leafHash` gives for `encodeLeaf`, without making the leaf. */
export const hashOfLeaf = (named: Pick<Leaf, 'id' | 'at' | 'chain'>, commitment: Uint8Array): Uint8Array => sha256(`\u0000${leafText(named, commitment)}`)

/** Canonical JSON: members in the order of their names, strings as ECMAScript writes them (RFC 8785 section 3.2). */
const leafText = ({ id, at, chain }: Pick<Leaf, 'id' | 'at' | 'chain'>, commitment: Uint8Array): string =>
  `{"at":${JSON.stringify(at)},"chain":"${chain}","commitment":"${toBase64Url(commitment)}","id":${JSON.stringify(id)},"v":1}`

/** Reads a leaf; it must be the very bytes that `sealEntry` makes. */
export function parseLeaf(bytes: Uint8Array): Result<Leaf, string> {
  const text = fromUtf8(bytes)
  const value = text === null ? undefined : parseJson(text)
  const problem = leafProblem(value)
  if (problem !== null) return refused(`the leaf is not an entry of this log: ${problem}`)
  if (canonicalJson(value) !== text) return refused('the leaf is not canonical JSON')
  // leafProblem has checked each field.
  return ok(value as Leaf)
}

/** Whether the body and salt are those that the leaf commits to, and if not, why. */
export function checkDisclosure(leafBytes: Uint8Array, body: unknown, salt: Uint8Array): Result<Leaf, string> {
  const leaf = parseLeaf(leafBytes)
  if (!leaf.ok) return leaf
  if (salt.length !== SALT_BYTES) return refused(`the salt is ${salt.length} bytes long, not ${SALT_BYTES}`)
  const json = canonicalJson(body)
  if (json === null) return refused('the body is not JSON')
  return toBase64Url(commitTo(toUtf8(json), salt)) === leaf.value.commitment ? leaf : refused('body and salt are not what the leaf commits to')
}

function canonicalJson(value: unknown): string | null {
  try {
    return canonicalize(value) ?? null
  } catch {
    return null
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const FIELDS: Readonly<Record<keyof Leaf, (value: unknown) => boolean>> = {
  v: (value) => value === 1,
  id: (value) => typeof value === 'string' && value.length > 0 && value.length <= 200 && value.isWellFormed(),
  at: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(value),
  chain: (value) => CHAINS.some((chain) => chain === value),
  commitment: (value) => typeof value === 'string' && /^[\w-]{43}$/.test(value),
}

/** What is wrong with a value as a leaf: the name of a field, or `fields`; null when nothing is. */
function leafProblem(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return 'fields'
  const entries = Object.entries(value)
  if (entries.length !== Object.keys(FIELDS).length) return 'fields'
  const given = new Map<string, unknown>(entries)
  for (const [name, holds] of Object.entries(FIELDS)) if (!holds(given.get(name))) return name
  return null
}
