import { commitTo, HASH_BYTES, SALT_BYTES } from '@datong/evidence-log'
import type { Random } from '@datong/kernel'
import { createHash } from 'node:crypto'
import { newSegmentId } from './segment-id.ts'
import { type CountedUse, sumUses } from './usage.ts'

/** One access, ready to be put into a segment. */
export interface Access {
  /** Canonical JSON (RFC 8785): exactly what its leaf will commit to. */
  readonly body: string
  readonly marks: readonly string[]
  readonly use: CountedUse | null
}

/** The accesses of one group commit, as they are stored. */
export interface SealedSegment {
  /** Holds the time of all its records. */
  readonly id: string
  readonly count: number
  /** What its records can be found by; copies of what the bodies say. */
  readonly marks: readonly string[]
  /** Added up, JSON; null when nothing is metered. */
  readonly usage: string | null
  /** 32 secret bytes from which the salts are made. */
  readonly seed: Uint8Array
  /** UTF-8, one body a line: canonical JSON has no line ends. */
  readonly bodies: Uint8Array
  /** 16 bytes each. */
  readonly salts: Uint8Array
  /** 32 bytes each; with id and number they make the leaves. */
  readonly commitments: Uint8Array
}

const SEED_BYTES = 32
const LINE_END = 0x0a

/** Seals accesses of one moment together. @param accesses 1 to `MAX_SEGMENT` */
export function sealSegment(accesses: readonly Access[], at: Date, random: Random): SealedSegment {
  const id = newSegmentId(at, random)
  const count = accesses.length
  const usage = sumUses(accesses.map(({ use }) => use))
  const seed = random.bytes(SEED_BYTES)
  const salts = saltsOf({ id, seed, usage }, count)
  const commitments = Buffer.allocUnsafe(HASH_BYTES * count)
  const bodies = Buffer.from(accesses.map(({ body }) => body).join('\n'))
  for (let ordinal = 0, start = 0; ordinal < count; ordinal++) {
    const end = ordinal === count - 1 ? bodies.length : bodies.indexOf(LINE_END, start)
    const salt = salts.subarray(SALT_BYTES * ordinal, SALT_BYTES * (ordinal + 1))
    commitments.set(commitTo(bodies.subarray(start, end), salt), HASH_BYTES * ordinal)
    start = end + 1
  }
  return { id, count, marks: unite(accesses.map(({ marks }) => marks)), usage, seed, bodies, salts, commitments }
}

/** All marks of all records, each once, in the order in which they come. */
export function unite(marks: readonly (readonly string[])[]): string[] {
  // Records of one template share one list.
  return [...new Set([...new Set(marks)].flat())]
}

/**
 * The salts of a segment's records. They are made from the seed and from what the bodies do not tell, so that the signed
 * leaves stand for that, too: another usage would need other salts. Whoever knows one of them learns nothing of the others.
 * @see FIPS 202 section 6.2 (SHAKE256)
 */
export function saltsOf({ id, seed, usage }: Pick<SealedSegment, 'id' | 'seed' | 'usage'>, count: number): Buffer {
  return createHash('shake256', { outputLength: SALT_BYTES * count })
    .update('datong evidence segment v1\n').update(seed).update(`${id}\n${usage ?? ''}`).digest()
}
