import { AppError } from '@datong/kernel'
import { HASH_BYTES } from './hash.ts'
import { type TileReader, tilePath } from './tile-layout.ts'

/**
 * Reads a tile and holds its length against its width.
 * @throws AppError `evidence/damaged-tile` when it is shorter or longer
 */
export async function readWholeTile(
  readTile: TileReader,
  level: number,
  index: number,
  width: number,
): Promise<Uint8Array> {
  const bytes = await readTile(level, index, width)
  if (bytes.length !== width * HASH_BYTES) {
    throw new AppError('evidence/damaged-tile', { path: tilePath({ level, index, width }), bytes: bytes.length })
  }
  return bytes
}
