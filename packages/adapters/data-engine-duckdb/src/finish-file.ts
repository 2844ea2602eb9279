import { createHash } from 'node:crypto'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a written file durable under its final name: syncs it, renames it, syncs the folder. Answers size and SHA-256
 * of what is on the disk.
 */
export async function finishFile(temporary: string, path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(temporary, 'r+')
  try {
    await file.sync()
    for await (const chunk of file.createReadStream({ highWaterMark: 1 << 20, autoClose: false })) {
      // without an encoding the stream yields buffers
      const buffer = chunk as Buffer
      hash.update(buffer)
      bytes += buffer.length
    }
  } finally {
    await file.close()
  }
  await rename(temporary, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}
