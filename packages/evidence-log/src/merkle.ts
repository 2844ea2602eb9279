import { sameBytes } from './bytes.ts'
import { emptyRoot, HASH_BYTES, nodeHash } from './hash.ts'

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
// Bit operators would cut tree sizes to 32 bits.
const half = (value: number): number => Math.floor(value / 2)
const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every((hash) => hash.length === HASH_BYTES)
const isOdd = (value: number): boolean => value % 2 === 1

/**
 * Whether the leaf stands at the index in the tree of that size and root.
 * @param leafIndex from 0
 * @param proof sibling hashes from the leaf upwards
 * @see RFC 9162 section 2.1.3.2
 */
export function verifyInclusion(
  leafIndex: number,
  treeSize: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(leafIndex) || !isCount(treeSize) || leafIndex >= treeSize) return false
  if (!areHashes([leafHash, ...proof])) return false
  let index = leafIndex
  let last = treeSize - 1
  let hash = leafHash
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(index) || index === last) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(index) && index !== 0) [index, last] = [half(index), half(last)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[index, last] = [half(index), half(last)]
  }
  return last === 0 && sameBytes(hash, root)
}

/**
 * Whether the tree of `size2` and `root2` begins with the leaves of the tree of `size1` and `root1`.
 * A tree without leaves is a beginning of every tree, which proves nothing: it answers false.
 * @see RFC 9162 section 2.1.4.2
 */
export function verifyConsistency(
  size1: number,
  size2: number,
  proof: readonly Uint8Array[],
  root1: Uint8Array,
  root2: Uint8Array,
): boolean {
  return size1 !== 0 && verifySubtreeConsistency(0, size1, size2, proof, root1, root2)
}

/** Whether `[start, end)` is a subtree of some tree: it begins at a multiple of its size rounded up to a power of 2. */
function isSubtree(start: number, end: number): boolean {
  if (!isCount(start) || !isCount(end) || start > end) return false
  let span = 1
  while (span < end - start) span *= 2
  return start % span === 0
}

/**
 * Whether the leaf stands at the index in the subtree `[start, end)` of that root.
 * @see draft-ietf-plants-merkle-tree-certs section 4.3
 */
export function verifySubtreeInclusion(
  leafIndex: number,
  start: number,
  end: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  subtreeRoot: Uint8Array,
): boolean {
  return isSubtree(start, end) && verifyInclusion(leafIndex - start, end - start, leafHash, proof, subtreeRoot)
}

/**
 * Whether the leaves `[start, end)` of the tree of that size and root are those of the subtree's root.
 * @see draft-ietf-plants-merkle-tree-certs section 4.4
 */
export function verifySubtreeConsistency(
  start: number,
  end: number,
  size: number,
  proof: readonly Uint8Array[],
  subtreeRoot: Uint8Array,
  root: Uint8Array,
): boolean {
  if (!isCount(size) || !isSubtree(start, end) || end > size || !areHashes(proof)) return false
  if (start === end) return proof.length === 0 && sameBytes(subtreeRoot, emptyRoot())

  let [first, last, treeLast] = [start, end - 1, size - 1]
  const rise = (): void => void ([first, last, treeLast] = [half(first), half(last), half(treeLast)])

  // To the highest node at the subtree's right edge that the tree also has.
  if (last === treeLast) while (first !== last) rise()
  else while (first !== last && isOdd(last)) rise()

  const rest = [...proof]
  const begin = first === last ? subtreeRoot : rest.shift()
  if (begin === undefined) return false
  let subtreeHash = begin
  let treeHash = begin
  for (const sibling of rest) {
    if (treeLast === 0) return false
    if (isOdd(last) || last === treeLast) {
      if (first < last) subtreeHash = nodeHash(sibling, subtreeHash)
      treeHash = nodeHash(sibling, treeHash)
      while (!isOdd(last) && last !== 0) rise()
    } else {
      treeHash = nodeHash(treeHash, sibling)
    }
    rise()
  }
  return treeLast === 0 && sameBytes(subtreeHash, subtreeRoot) && sameBytes(treeHash, root)
}
