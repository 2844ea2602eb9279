import { commitTo, encodeLeaf, HASH_BYTES, hashOfLeaf, SALT_BYTES } from '@datong/evidence-log'
import type { StoredRecord } from '../tables.ts'
import { recordIdOf, timeOf } from './segment-id.ts'

/** What is stored of a segment and its place. */
export interface StoredSegment {
  readonly id: string
  readonly count: number
  /** Null while it waits. */
  readonly first_leaf: number | null
  readonly bodies: Buffer
  readonly salts: Buffer
  readonly commitments: Buffer
}

type Committed = Pick<StoredSegment, 'id' | 'count' | 'commitments'>

/** The leaves of a segment: all that the public log needs of it. */
export const leavesOf = (segment: Committed): Uint8Array[] => ofEach(segment, encodeLeaf)

/** Their hashes, which make the tree grow. */
export const leafHashesOf = (segment: Committed): Uint8Array[] => ofEach(segment, hashOfLeaf)

function ofEach({ id, count, commitments }: Committed, make: typeof encodeLeaf): Uint8Array[] {
  const at = timeOf(id).toISOString()
  return Array.from({ length: count }, (_, ordinal) => make({ id: recordIdOf(id, ordinal), at, chain: 'access' }, part(commitments, ordinal, HASH_BYTES)))
}

/** The records of a segment, each as if it had been stored by itself. */
export function recordsOf(segment: StoredSegment): StoredRecord[] {
  const { id, first_leaf, salts } = segment
  const at = timeOf(id)
  const bodies = bodiesOf(segment)
  return leavesOf(segment).map((leaf, ordinal) => ({
    id: recordIdOf(id, ordinal), leaf_index: first_leaf === null ? null : first_leaf + ordinal, at, chain: 'access',
    body: bodies[ordinal] ?? Buffer.alloc(0), salt: part(salts, ordinal, SALT_BYTES), leaf: Buffer.from(leaf),
  }))
}

/** How many lines the bodies have; as many as there are records, unless they are damaged. */
export const linesOf = (bodies: Buffer): Buffer[] => {
  const lines: Buffer[] = []
  for (let start = 0, end = 0; end !== -1; start = end + 1) {
    end = bodies.indexOf(0x0a, start)
    lines.push(bodies.subarray(start, end === -1 ? bodies.length : end))
  }
  return lines
}

/**
 * The body of each record. Where damage has made a line end or taken one, the lines behind it are counted from the end, so
 * that one changed byte spoils one record.
 */
function bodiesOf(segment: StoredSegment): (Buffer | undefined)[] {
  const { count, salts, commitments } = segment
  const lines = linesOf(segment.bodies)
  if (lines.length === count) return lines
  return Array.from({ length: count }, (_, ordinal) => {
    const commitment = part(commitments, ordinal, HASH_BYTES)
    const isIts = (line: Buffer | undefined): boolean =>
      line !== undefined && commitment.equals(commitTo(line, part(salts, ordinal, SALT_BYTES)))
    const fromEnd = lines[lines.length - count + ordinal]
    return isIts(fromEnd) ? fromEnd : lines[ordinal]
  })
}

const part = (bytes: Buffer, ordinal: number, size: number): Buffer => bytes.subarray(size * ordinal, size * (ordinal + 1))
