import { sameBytes } from './bytes.ts'
import { HASH_BYTES } from './hash.ts'

/** Most differing positions for which every mixture of two views is tried: 2^8 trials. */
const MAX_TRIED_POSITIONS = 8

/** Positions of the 32-byte hashes that differ. */
export function differingPositions(a: Uint8Array, b: Uint8Array): number[] {
  const positions: number[] = []
  for (let at = 0; at < a.length; at += HASH_BYTES) {
    if (!sameBytes(a.subarray(at, at + HASH_BYTES), b.subarray(at, at + HASH_BYTES))) positions.push(at / HASH_BYTES)
  }
  return positions
}

/**
 * Two views of the same hashes, either of which may be damaged anywhere: finds the true ones, which are those that
 * hash to what is signed. Tries each view, then the guesses, then (when few positions differ) every mixture.
 * @param guesses further views made from both
 * @returns the true hashes, or null when no mixture that was tried is true
 */
export function reconcile(
  stored: Uint8Array,
  derived: Uint8Array,
  guesses: readonly Uint8Array[],
  isTrue: (hashes: Uint8Array) => boolean,
): Uint8Array | null {
  for (const view of [stored, derived, ...guesses]) if (isTrue(view)) return view
  const positions = differingPositions(stored, derived)
  if (positions.length > MAX_TRIED_POSITIONS) return null
  for (let mask = 1; mask < 2 ** positions.length - 1; mask++) {
    const mixture = stored.slice()
    positions.forEach((position, bit) => {
      if ((mask >> bit) % 2 === 1) copyHash(derived, mixture, position)
    })
    if (isTrue(mixture)) return mixture
  }
  return null
}

/** Copies the hash at a position from one list to another. */
export function copyHash(from: Uint8Array, to: Uint8Array, position: number): void {
  to.set(from.subarray(position * HASH_BYTES, (position + 1) * HASH_BYTES), position * HASH_BYTES)
}
