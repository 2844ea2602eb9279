import { AppError } from '@datong/kernel'
import { readEdge, rootOfEdge } from './append.ts'
import { foldHashes, HASH_BYTES, nodeHash } from './hash.ts'
import { readWholeTile } from './read-tile.ts'
import { TILE_WIDTH, type TileReader, tileWidth } from './tile-layout.ts'

/** Leaves `[start, end)` whose Merkle tree hash is wanted. */
type Range = readonly [start: number, end: number]

/** The root of a tree of that size from its tiles. @throws AppError `evidence/damaged-tile` */
export async function rootFromTiles(treeSize: number, readTile: TileReader): Promise<Uint8Array> {
  return rootOfEdge(await readEdge(treeSize, readTile))
}

/**
 * Inclusion proof of one leaf in the tree of that size.
 * @throws AppError `evidence/out-of-range`, `evidence/damaged-tile`
 * @see RFC 9162 section 2.1.3.1
 */
export async function proveInclusion(index: number, treeSize: number, readTile: TileReader): Promise<Uint8Array[]> {
  const [proof = []] = await proveInclusions([index], treeSize, readTile)
  return proof
}

/** Inclusion proofs of many leaves in one tree; each tile they need is read once, all at the same time. */
export async function proveInclusions(
  indices: readonly number[],
  treeSize: number,
  readTile: TileReader,
): Promise<Uint8Array[][]> {
  const paths = indices.map((index) => {
    requireRange(Number.isSafeInteger(index) && index >= 0 && index < treeSize, { index, size: treeSize })
    return inclusionPath(index, 0, treeSize)
  })
  const hashes = await hashRanges(paths.flat(), treeSize, readTile)
  let at = 0
  return paths.map((path) => hashes.slice(at, (at += path.length)))
}

/**
 * Proof that the tree of size `b` begins with the leaves of the tree of size `a`, 1 ≤ a ≤ b; empty when a = b.
 * @throws AppError `evidence/out-of-range`, `evidence/damaged-tile`
 * @see RFC 9162 section 2.1.4.1
 */
export function proveConsistency(a: number, b: number, readTile: TileReader): Promise<Uint8Array[]> {
  requireRange(Number.isSafeInteger(a) && Number.isSafeInteger(b) && a >= 1 && a <= b, { from: a, size: b })
  return hashRanges(consistencyPath(a, 0, b, true), b, readTile)
}

function requireRange(holds: boolean, params: Readonly<Record<string, number>>): void {
  if (!holds) throw new AppError('evidence/out-of-range', params)
}

/** Size of the left part of a tree of n ≥ 2 leaves: the largest power of two below n. */
function leftSize(n: number): number {
  let left = 1
  while (left * 2 < n) left *= 2
  return left
}

function inclusionPath(index: number, start: number, end: number): Range[] {
  if (end - start === 1) return []
  const middle = start + leftSize(end - start)
  return index < middle
    ? [...inclusionPath(index, start, middle), [middle, end]]
    : [...inclusionPath(index, middle, end), [start, middle]]
}

/** SUBPROOF of RFC 9162; `known` while the subtree's hash is still the old root, which the verifier has. */
function consistencyPath(oldEnd: number, start: number, end: number, known: boolean): Range[] {
  if (oldEnd === end) return known ? [] : [[start, end]]
  const middle = start + leftSize(end - start)
  return oldEnd <= middle
    ? [...consistencyPath(oldEnd, start, middle, known), [middle, end]]
    : [...consistencyPath(oldEnd, middle, end, false), [start, middle]]
}

/** A full subtree: where its hash, or the hashes it is made of, stand in a tile. */
interface TileSlice {
  readonly level: number
  readonly index: number
  readonly from: number
  readonly count: number
}

/** Splits an aligned range into full subtrees, left to right. */
function fullSubtrees([start, end]: Range): TileSlice[] {
  const slices: TileSlice[] = []
  for (let at = start; at < end; ) {
    let height = 0
    while (2 ** (height + 1) <= end - at) height++
    const level = Math.floor(height / 8)
    const first = at / TILE_WIDTH ** level
    slices.push({ level, index: Math.floor(first / TILE_WIDTH), from: first % TILE_WIDTH, count: 2 ** (height % 8) })
    at += 2 ** height
  }
  return slices
}

async function hashRanges(ranges: readonly Range[], treeSize: number, readTile: TileReader): Promise<Uint8Array[]> {
  const split = ranges.map(fullSubtrees)
  const wanted = new Map(split.flat().map((slice) => [`${slice.level}/${slice.index}`, slice] as const))
  const tiles = new Map(
    await Promise.all(
      Array.from(wanted, async ([key, { level, index }]) => {
        return [key, await readWholeTile(readTile, level, index, tileWidth(level, index, treeSize))] as const
      }),
    ),
  )
  // Proofs of neighbouring leaves share most of their hashes.
  const folded = new Map<string, Uint8Array>()
  const fold = ({ level, index, from, count }: TileSlice): Uint8Array => {
    const key = `${level}/${index}/${from}/${count}`
    const tile = tiles.get(`${level}/${index}`) ?? new Uint8Array()
    const hash = folded.get(key) ?? foldHashes(tile.subarray(from * HASH_BYTES, (from + count) * HASH_BYTES))
    folded.set(key, hash)
    return hash
  }
  return split.map((slices) => slices.map(fold).reduceRight((right, left) => nodeHash(left, right)))
}
