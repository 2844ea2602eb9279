/** Hashes in a full tile, and entries in a full bundle: subtrees of height 8. @see C2SP tlog-tiles */
export const TILE_WIDTH = 256

/** A hash tile (level from 0) or an entry bundle, at its index in the level, with `width` (1–256) hashes or entries. */
export interface TileAddress {
  readonly level: number | 'entries'
  readonly index: number
  readonly width: number
}

/** Reads one hash tile: exactly `width` × 32 bytes. Rejects when it is not there. */
export type TileReader = (level: number, index: number, width: number) => Promise<Uint8Array>

/** Reads one entry bundle of exactly `width` entries. Rejects when it is not there. */
export type EntryReader = (index: number, width: number) => Promise<Uint8Array>

/**
 * Path of a tile or bundle below the log's prefix, such as `tile/0/x001/234.p/17` or `tile/entries/000`.
 * @see C2SP tlog-tiles, Merkle Tree and Log entries
 */
export function tilePath({ level, index, width }: TileAddress): string {
  let rest = Math.floor(index / 1000)
  let path = String(index % 1000).padStart(3, '0')
  while (rest > 0) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
    rest = Math.floor(rest / 1000)
  }
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** The address a path stands for, or null when the path is not exactly one that `tilePath` writes. */
export function parseTilePath(path: string): TileAddress | null {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path)
  if (match === null) return null
  const [, level = '', digits = '', width] = match
  const address = {
    level: level === 'entries' ? level : Number(level),
    index: Number(digits.replace(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  } as const
  return Number.isSafeInteger(address.index) && address.width > 0 && tilePath(address) === path ? address : null
}

/** Number of hashes at a level of a tree: roots of full subtrees of 256^level leaves. */
export const hashesAtLevel = (level: number, treeSize: number): number => Math.floor(treeSize / TILE_WIDTH ** level)

/** Levels that a tree has tiles at. */
export function levelCount(treeSize: number): number {
  let levels = 0
  while (hashesAtLevel(levels, treeSize) > 0) levels++
  return levels
}

/** Width of a tile in a tree of that size: 256, or less at the right edge, or 0 when the tree has no such tile. */
export function tileWidth(level: number, index: number, treeSize: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, hashesAtLevel(level, treeSize) - index * TILE_WIDTH))
}
