import { AppError } from '@datong/kernel'
import { concatBytes } from './bytes.ts'
import { type EntryReader, TILE_WIDTH, tilePath } from './tile-layout.ts'

/** Longest entry that a bundle can hold, in bytes: its length is a uint16. @see C2SP tlog-tiles, Log entries */
export const MAX_ENTRY_BYTES = 0xffff

/**
 * Entries one after another, each behind its length as a big-endian uint16.
 * @throws AppError `evidence/entry-too-large`
 * @see C2SP tlog-tiles, Log entries
 */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) {
      throw new AppError('evidence/entry-too-large', { bytes: entry.length, limit: MAX_ENTRY_BYTES })
    }
    bytes[at] = entry.length >> 8
    bytes[at + 1] = entry.length & 0xff
    bytes.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bytes
}

/**
 * The entries of a bundle, as views of its bytes, as far as they can be read.
 * @returns `problem` says what is wrong with the framing; null when nothing is
 */
export function decodeEntries(
  bundle: Uint8Array,
  width: number,
): { readonly entries: readonly Uint8Array[]; readonly problem: string | null } {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bundle.length && entries.length < width) {
    const [high, low] = [bundle[at], bundle[at + 1]]
    if (high === undefined || low === undefined) return { entries, problem: 'it ends inside a length' }
    const end = at + 2 + (high << 8) + low
    if (end > bundle.length) return { entries, problem: `entry ${entries.length} of the bundle runs past its end` }
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  if (entries.length < width) return { entries, problem: `it holds ${entries.length} entries, expected ${width}` }
  if (at < bundle.length) return { entries, problem: `${bundle.length - at} bytes follow its last entry` }
  return { entries, problem: null }
}

/** A bundle to be stored at its path. */
export interface StoredBundle {
  readonly index: number
  readonly width: number
  readonly bytes: Uint8Array
}

/**
 * The bundles that are new or changed when entries are appended to a log of `oldSize`.
 * @throws AppError `evidence/entry-too-large`, `evidence/damaged-bundle`
 */
export async function bundlesForAppend(
  oldSize: number,
  readEntries: EntryReader,
  newEntries: readonly Uint8Array[],
): Promise<StoredBundle[]> {
  if (newEntries.length === 0) return []
  const bundles: StoredBundle[] = []
  let index = Math.floor(oldSize / TILE_WIDTH)
  let width = oldSize % TILE_WIDTH
  let kept: Uint8Array = new Uint8Array()
  if (width > 0) {
    kept = await readEntries(index, width)
    const { problem } = decodeEntries(kept, width)
    if (problem !== null) {
      throw new AppError('evidence/damaged-bundle', { path: tilePath({ level: 'entries', index, width }), problem })
    }
  }
  for (let at = 0; at < newEntries.length; index++) {
    const taken = newEntries.slice(at, at + TILE_WIDTH - width)
    bundles.push({ index, width: width + taken.length, bytes: concatBytes([kept, encodeEntries(taken)]) })
    at += taken.length
    width = 0
    kept = new Uint8Array()
  }
  return bundles
}
