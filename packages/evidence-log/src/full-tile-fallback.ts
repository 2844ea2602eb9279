import { decodeEntries, encodeEntries } from './entry-bundle.ts'
import { HASH_BYTES } from './hash.ts'
import { type EntryReader, TILE_WIDTH, type TileReader } from './tile-layout.ts'

/**
 * A reader that takes the beginning of the full tile when the partial one is gone: a log may delete partial tiles once
 * the full one exists, while a verifier still holds an earlier checkpoint. @see C2SP tlog-tiles, Partial Tiles
 */
export function tilesOrFull(readTile: TileReader): TileReader {
  return (level, index, width) =>
    orFull(
      (wanted) => readTile(level, index, wanted),
      width,
      (full) => full.slice(0, width * HASH_BYTES),
    )
}

/** The same for entry bundles. */
export function entriesOrFull(readEntries: EntryReader): EntryReader {
  return (index, width) =>
    orFull(
      (wanted) => readEntries(index, wanted),
      width,
      (full) => encodeEntries(decodeEntries(full, TILE_WIDTH).entries.slice(0, width)),
    )
}

async function orFull(
  read: (width: number) => Promise<Uint8Array>,
  width: number,
  cut: (full: Uint8Array) => Uint8Array,
): Promise<Uint8Array> {
  try {
    return await read(width)
  } catch (error) {
    if (width === TILE_WIDTH) throw error
    const full = await read(TILE_WIDTH).catch(() => null)
    if (full === null) throw error
    return cut(full)
  }
}
