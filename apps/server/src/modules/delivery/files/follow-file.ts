import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { PIECE_BYTES } from './hash-file.ts'

const LOOK_AGAIN_MS = 10

/**
 * The bytes of a file while something else still writes it from its beginning to its end, in large pieces: so two steps
 * over the same data go on side by side.
 * @param writing settles when the file is whole, or will not be
 * @throws what `writing` fails with
 */
export async function* followFile(path: string, writing: Promise<unknown>): AsyncGenerator<Buffer> {
  let isOver = false
  const over = writing.finally(() => { isOver = true })
  over.catch(() => undefined)
  const file = await opened(path, () => isOver)
  // Never written: it failed, or the reason is told by opening it.
  if (file === undefined) return void (await over)
  try {
    for (let position = 0; ;) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES)
      let filled = 0
      while (filled < piece.length) {
        const wasOver = isOver
        const { bytesRead } = await file.read(piece, filled, piece.length - filled, position + filled)
        filled += bytesRead
        if (bytesRead > 0) continue
        if (wasOver) break
        await sleep(LOOK_AGAIN_MS)
      }
      if (filled > 0) yield piece.subarray(0, filled)
      position += filled
      if (filled < piece.length) break
    }
  } finally {
    await file.close()
  }
  await over
}

async function opened(path: string, isOver: () => boolean): Promise<FileHandle | undefined> {
  for (;;) {
    const wasOver = isOver()
    try {
      return await open(path)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      if (wasOver) return undefined
      await sleep(LOOK_AGAIN_MS)
    }
  }
}
