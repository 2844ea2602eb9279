import { sameBytes } from './bytes.ts'
import { decodeEntries } from './entry-bundle.ts'
import { foldHashes, HASH_BYTES, leafHash } from './hash.ts'
import { type EntryReader, TILE_WIDTH, type TileReader, tileWidth } from './tile-layout.ts'

/** Something read from the store, brought to its right length; what was wrong with it is in `problem`. */
export interface ReadHashes {
  /** width × 32 bytes; zeros stand for what is not known, and hash to nothing that was ever signed. */
  readonly hashes: Uint8Array
  readonly problem: string | null
}

/** A bundle and its level-0 tile, as far as they are worth remembering until the tree above has been settled. */
export interface LeafGroup {
  readonly index: number
  readonly width: number
  readonly stored: ReadHashes
  readonly derived: ReadHashes
}

/** The level below the tree: roots of both views of each full group, and the groups where they differ. */
export interface LeafLevel {
  /** Roots of full level-0 tiles as stored, concatenated. */
  readonly storedRoots: Uint8Array
  /** Roots of the full bundles' entries, concatenated. */
  readonly derivedRoots: Uint8Array
  /** Groups with a difference or a problem, and the partial group at the right edge. */
  readonly remembered: ReadonlyMap<number, LeafGroup>
}

/** Reads a tile without ever failing. */
export async function readHashes(
  readTile: TileReader,
  level: number,
  index: number,
  width: number,
): Promise<ReadHashes> {
  try {
    const bytes = await readTile(level, index, width)
    const length = width * HASH_BYTES
    const problem = bytes.length === length ? null : `it is ${bytes.length} bytes long, not ${length}`
    return { hashes: fit(bytes, length), problem }
  } catch (error) {
    return { hashes: new Uint8Array(width * HASH_BYTES), problem: `it cannot be read: ${messageOf(error)}` }
  }
}

/** Reads a bundle and hashes its entries, without ever failing. */
export async function readLeafHashes(readEntries: EntryReader, index: number, width: number): Promise<ReadHashes> {
  try {
    const { entries, problem } = decodeEntries(await readEntries(index, width), width)
    const hashes = new Uint8Array(width * HASH_BYTES)
    entries.forEach((entry, i) => hashes.set(leafHash(entry), i * HASH_BYTES))
    return { hashes, problem }
  } catch (error) {
    return { hashes: new Uint8Array(width * HASH_BYTES), problem: `it cannot be read: ${messageOf(error)}` }
  }
}

/**
 * Streams every entry bundle and level-0 tile, some ahead of the one being looked at. Keeps 64 bytes for each 256
 * entries, and the groups that show a difference.
 */
export async function readLeafLevel(
  treeSize: number,
  readTile: TileReader,
  readEntries: EntryReader,
  readAhead: number,
  onGroup: (entries: number) => void,
): Promise<LeafLevel> {
  const fullGroups = Math.floor(treeSize / TILE_WIDTH)
  const groups = Math.ceil(treeSize / TILE_WIDTH)
  const storedRoots = new Uint8Array(fullGroups * HASH_BYTES)
  const derivedRoots = new Uint8Array(fullGroups * HASH_BYTES)
  const remembered = new Map<number, LeafGroup>()

  const load = async (index: number): Promise<LeafGroup> => {
    const width = tileWidth(0, index, treeSize)
    const [stored, derived] = await Promise.all([
      readHashes(readTile, 0, index, width),
      readLeafHashes(readEntries, index, width),
    ])
    return { index, width, stored, derived }
  }
  const ahead: Promise<LeafGroup>[] = []
  for (let next = 0; next < groups || ahead.length > 0; ) {
    while (next < groups && ahead.length < readAhead) ahead.push(load(next++))
    const group = await ahead.shift()
    if (group === undefined) break
    const { index, width, stored, derived } = group
    const agree = sameBytes(stored.hashes, derived.hashes)
    if (width === TILE_WIDTH) {
      const storedRoot = foldHashes(stored.hashes)
      storedRoots.set(storedRoot, index * HASH_BYTES)
      derivedRoots.set(agree ? storedRoot : foldHashes(derived.hashes), index * HASH_BYTES)
    }
    const whole = agree && stored.problem === null && derived.problem === null && width === TILE_WIDTH
    if (!whole) remembered.set(index, group)
    onGroup(width)
  }
  return { storedRoots, derivedRoots, remembered }
}

function fit(bytes: Uint8Array, length: number): Uint8Array {
  const fitted = new Uint8Array(length)
  fitted.set(bytes.subarray(0, length))
  return fitted
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
