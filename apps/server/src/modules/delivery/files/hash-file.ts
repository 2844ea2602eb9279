import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** Pieces of files are large: each costs a way to the disk and back. */
export const PIECE_BYTES = 1_048_576

/** SHA-256 of a file's bytes, base64url. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: PIECE_BYTES }), hash)
  return hash.digest('base64url')
}
