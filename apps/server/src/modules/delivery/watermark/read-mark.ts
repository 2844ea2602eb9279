import { type MarkKey, rankOf } from './mark-order.ts'

/** Content hashes of the rows of a found file, in its order. */
export interface RowHashes {
  readonly low: Uint32Array
  readonly high: Uint32Array
}

/** Neighbours of a found file that can tell something: places of the first of each pair. */
export interface Pairs {
  readonly hashes: RowHashes
  readonly first: Uint32Array
}

/**
 * The pairs of neighbours that tell: different in content, and each content counted once, so that under a key that has nothing
 * to do with the file each pair is a coin of its own, and chance can be computed.
 */
export function tellingPairs(hashes: RowHashes): Pairs {
  const { low, high } = hashes
  const seen = new Set<number>()
  const first = new Uint32Array(low.length >>> 1)
  let count = 0
  // Two words as one number that has no rounding: 53 bits of the 64 are enough to tell rows apart.
  const nameOf = (row: number): number => (low[row]! & 0x1fffff) * 2 ** 32 + high[row]! // within the rows
  for (let row = 0; row + 1 < low.length;) {
    const [one, other] = [nameOf(row), nameOf(row + 1)]
    if (seen.has(one)) row++
    else if (one === other || seen.has(other)) row += 2
    else {
      seen.add(one).add(other)
      first[count++] = row
      row += 2
    }
  }
  return { hashes, first: first.subarray(0, count) }
}

/** How many of the pairs stand as the key would have put them. */
export function agreementOf({ hashes: { low, high }, first }: Pairs, key: MarkKey): number {
  let agreeing = 0
  for (const row of first) {
    if (rankOf(low[row]!, high[row]!, key) <= rankOf(low[row + 1]!, high[row + 1]!, key)) agreeing++ // a pair has both
  }
  return agreeing
}

/**
 * Decimal logarithm of the chance that at least so many of `pairs` fair coins agree: the binomial tail, exact up to rounding.
 * Compare Agrawal and Kiernan, "Watermarking relational databases" (VLDB 2002), section 4, on how sure a detection is.
 */
export function logChance(pairs: number, agreeing: number): number {
  if (agreeing <= pairs / 2) return 0
  // Terms fall from the first one on, each by (pairs - i) / (i + 1): their sum over the first.
  let sum = 0
  let term = 1
  for (let at = agreeing; at <= pairs && term > sum * 1e-17; at++) {
    sum += term
    term *= (pairs - at) / (at + 1)
  }
  const log = logGamma(pairs + 1) - logGamma(agreeing + 1) - logGamma(pairs - agreeing + 1) - pairs * Math.LN2 + Math.log(sum)
  return Math.min(0, log / Math.LN10)
}

/** Natural logarithm of the gamma function, by Stirling's series; error below 1e-10 from 1 on. @see DLMF 5.11.1 */
function logGamma(x: number): number {
  let [shift, at] = [0, x]
  for (; at < 10; at++) shift -= Math.log(at)
  const square = at * at
  return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * at) - 1 / (360 * at * square) + 1 / (1260 * at * square * square) - 1 / (1680 * at * square ** 3)
}
