import { AppError } from '@datong/kernel'
import { concatBytes, sameBytes } from './bytes.ts'
import { emptyRoot, foldHashes, HASH_BYTES } from './hash.ts'
import { readWholeTile } from './read-tile.ts'
import { hashesAtLevel, levelCount, TILE_WIDTH, type TileReader } from './tile-layout.ts'

/** A hash tile to be stored at its path. */
export interface StoredTile {
  readonly level: number
  readonly index: number
  readonly width: number
  readonly bytes: Uint8Array
}

/** A grown tree: its size and root, and every tile that is new or wider than before. */
export interface GrownTree {
  readonly size: number
  readonly root: Uint8Array
  readonly tiles: readonly StoredTile[]
}

/**
 * Root of a tree from the partial tiles at its right edge, one for each level from 0, empty where a level has none.
 * @see RFC 6962 section 2.1; C2SP tlog-tiles, Partial Tiles
 */
export function rootOfEdge(edge: readonly Uint8Array[]): Uint8Array {
  let below = new Uint8Array()
  for (const hashes of edge) {
    const joined = new Uint8Array(hashes.length + below.length)
    joined.set(hashes)
    joined.set(below, hashes.length)
    below = joined.length === 0 ? joined : new Uint8Array(foldHashes(joined))
  }
  return below.length === 0 ? emptyRoot() : below
}

/** Reads the partial tiles at the right edge of a tree, one for each level from 0, empty where a level has none. */
export function readEdge(treeSize: number, readTile: TileReader): Promise<Uint8Array[]> {
  return Promise.all(
    Array.from({ length: levelCount(treeSize) }, (_, level) => {
      const count = hashesAtLevel(level, treeSize)
      const width = count % TILE_WIDTH
      return width === 0 ? new Uint8Array() : readWholeTile(readTile, level, Math.floor(count / TILE_WIDTH), width)
    }),
  )
}

/**
 * Grows a tree by leaves: reads only the partial tiles at its right edge (at most one a level), hashes each new leaf
 * once, and gives each tile that is new or wider, in its final width.
 * @param newLeafHashes 32 bytes each, in order
 * @param oldRoot when given, the edge must hash to it: a log must never sign on top of damaged tiles
 * @throws AppError `evidence/damaged-tile`, `evidence/invalid-hash`
 */
export async function tilesForAppend(
  oldSize: number,
  readTile: TileReader,
  newLeafHashes: readonly Uint8Array[],
  oldRoot?: Uint8Array,
): Promise<GrownTree> {
  const edge = await readEdge(oldSize, readTile)
  if (oldRoot !== undefined && !sameBytes(rootOfEdge(edge), oldRoot)) {
    throw new AppError('evidence/damaged-tile', { path: 'right edge', size: oldSize })
  }
  if (newLeafHashes.some((hash) => hash.length !== HASH_BYTES)) throw new AppError('evidence/invalid-hash')
  let tiles: readonly StoredTile[] = []
  let added = concatBytes(newLeafHashes)
  for (let level = 0; added.length > 0; level++) {
    const grown = growLevel(level, hashesAtLevel(level, oldSize), edge[level] ?? new Uint8Array(), added)
    tiles = tiles.concat(grown.tiles)
    edge[level] = grown.edge
    added = grown.risen
  }
  return { size: oldSize + newLeafHashes.length, root: rootOfEdge(edge), tiles }
}

function growLevel(
  level: number,
  oldCount: number,
  oldEdge: Uint8Array,
  added: Uint8Array,
): { readonly tiles: readonly StoredTile[]; readonly edge: Uint8Array; readonly risen: Uint8Array } {
  const hashes = concatBytes([oldEdge, added])
  const firstIndex = Math.floor(oldCount / TILE_WIDTH)
  const tiles: StoredTile[] = []
  const risen: Uint8Array[] = []
  let edge = new Uint8Array()
  for (let at = 0; at < hashes.length; at += TILE_WIDTH * HASH_BYTES) {
    const bytes = hashes.slice(at, at + TILE_WIDTH * HASH_BYTES)
    const width = bytes.length / HASH_BYTES
    tiles.push({ level, index: firstIndex + tiles.length, width, bytes })
    if (width === TILE_WIDTH) risen.push(foldHashes(bytes))
    else edge = bytes
  }
  return { tiles, edge, risen: concatBytes(risen) }
}
