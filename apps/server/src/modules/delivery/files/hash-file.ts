import { createHash } from 'node:crypto'
import { followFile } from './follow-file.ts'

/**
 * SHA-256 of a file's bytes, base64url; of one that is still being written when `writing` has settled.
 * @throws what `writing` fails with
 */
export async function hashFile(path: string, writing: Promise<unknown> = Promise.resolve()): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of followFile(path, writing)) hash.update(piece)
  return hash.digest('base64url')
}
