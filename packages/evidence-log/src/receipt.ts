import { ok, refused, type Result } from '@datong/kernel'
import { fromBase64, toBase64 } from './bytes.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { leafHash } from './hash.ts'
import { checkDisclosure, type Leaf, parseLeaf } from './leaf.ts'
import { verifyInclusion } from './merkle.ts'

/** What is handed out about one entry; as JSON it is a file that anyone with the log's key can check. */
export interface Receipt {
  /** The public leaf, base64. */
  readonly leaf: string
  /** The private body, disclosed. */
  readonly body: unknown
  /** 16 bytes, base64. */
  readonly salt: string
  /** From 0. */
  readonly leafIndex: number
  /** Inclusion proof, base64 each, from the leaf upwards. */
  readonly proof: readonly string[]
  /** The signed note. */
  readonly checkpoint: string
}

/** The parts of a receipt, as the log has them. */
export interface ReceiptParts {
  readonly leaf: Uint8Array
  readonly body: unknown
  readonly salt: Uint8Array
  readonly leafIndex: number
  readonly proof: readonly Uint8Array[]
  readonly checkpoint: string
}

export const RECEIPT_CHECKS = ['format', 'leaf', 'disclosure', 'checkpoint', 'inclusion'] as const
export type ReceiptCheckName = (typeof RECEIPT_CHECKS)[number]

/** One thing that was checked. */
export interface ReceiptCheck {
  readonly name: ReceiptCheckName
  readonly ok: boolean
  /** Why it failed, or why it could not be checked; empty when it holds. */
  readonly reason: string
}

/** The outcome: it holds only when each check does. */
export interface ReceiptVerdict {
  readonly ok: boolean
  /** Always all of `RECEIPT_CHECKS`, in that order. */
  readonly checks: readonly ReceiptCheck[]
  /** What the receipt shows, as far as it could be read: trust it only when `ok`. */
  readonly leaf: Leaf | null
  readonly checkpoint: Checkpoint | null
}

/** Writes a receipt in its JSON form. */
export function encodeReceipt({ leaf, body, salt, leafIndex, proof, checkpoint }: ReceiptParts): Receipt {
  return { leaf: toBase64(leaf), body, salt: toBase64(salt), leafIndex, proof: proof.map(toBase64), checkpoint }
}

/** Reads the JSON form of a receipt, checking nothing but its shape. */
export function decodeReceipt(value: unknown): Result<ReceiptParts, string> {
  if (typeof value !== 'object' || value === null) return refused('a receipt is a JSON object')
  const fields = new Map<string, unknown>(Object.entries(value))
  const leaf = bytesOf(fields.get('leaf'))
  const salt = bytesOf(fields.get('salt'))
  const [leafIndex, checkpoint, encodedProof] = [fields.get('leafIndex'), fields.get('checkpoint'), fields.get('proof')]
  if (leaf === null) return refused('leaf is not base64')
  if (!fields.has('body')) return refused('body is missing')
  if (salt === null) return refused('salt is not base64')
  if (typeof leafIndex !== 'number' || !Number.isSafeInteger(leafIndex) || leafIndex < 0) {
    return refused('leafIndex is not a number from 0')
  }
  if (typeof checkpoint !== 'string') return refused('checkpoint is not text')
  if (!Array.isArray(encodedProof)) return refused('proof is not a list')
  const proof = encodedProof.map(bytesOf).filter((hash) => hash !== null)
  if (proof.length !== encodedProof.length) return refused('proof is not a list of base64')
  return ok({ leaf, body: fields.get('body'), salt, leafIndex, proof, checkpoint })
}

/**
 * Checks a receipt with nothing but the log's public key: no network, no database, no trust in who handed it out.
 * @param receipt parsed JSON from anywhere
 * @param verifierKey `name+id+base64`
 */
export function verifyReceipt(receipt: unknown, verifierKey: string): ReceiptVerdict {
  const decoded = decodeReceipt(receipt)
  if (!decoded.ok) {
    const checks = RECEIPT_CHECKS.map((name) =>
      name === 'format' ? failed(name, decoded.reason) : failed(name, 'not checked: the receipt cannot be read'),
    )
    return { ok: false, checks, leaf: null, checkpoint: null }
  }
  const parts = decoded.value
  const leaf = parseLeaf(parts.leaf)
  const checkpoint = openCheckpoint(parts.checkpoint, verifierKey)
  const checks = [
    check('format', decoded),
    check('leaf', leaf),
    check('disclosure', checkDisclosure(parts.leaf, parts.body, parts.salt)),
    check('checkpoint', checkpoint),
    checkpoint.ok
      ? check('inclusion', checkInclusion(parts, checkpoint.value))
      : failed('inclusion', 'not checked: the checkpoint does not hold'),
  ]
  return {
    ok: checks.every((one) => one.ok),
    checks,
    leaf: leaf.ok ? leaf.value : null,
    checkpoint: checkpoint.ok ? checkpoint.value : null,
  }
}

function checkInclusion({ leaf, leafIndex, proof }: ReceiptParts, { size, root }: Checkpoint): Result<true, string> {
  if (leafIndex >= size) return refused(`entry ${leafIndex} is not in a log of ${size} entries`)
  return verifyInclusion(leafIndex, size, leafHash(leaf), proof, root)
    ? ok(true)
    : refused('the proof does not lead from the leaf to the root of the checkpoint')
}

const bytesOf = (value: unknown): Uint8Array | null => (typeof value === 'string' ? fromBase64(value) : null)

const failed = (name: ReceiptCheckName, reason: string): ReceiptCheck => ({ name, ok: false, reason })

const check = (name: ReceiptCheckName, result: Result<unknown, string>): ReceiptCheck =>
  result.ok ? { name, ok: true, reason: '' } : failed(name, result.reason)
