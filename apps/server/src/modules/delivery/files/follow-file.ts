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
  const fill = async (position: number): Promise<Buffer> => {
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
    return piece.subarray(0, filled)
  }
  // The next piece is read while this one is worked on.
  let ahead = fill(0)
  try {
    for (let position = 0; ;) {
      const piece = await ahead
      position += piece.length
      const isLast = piece.length < PIECE_BYTES
      if (!isLast) (ahead = fill(position)).catch(() => undefined)
      if (piece.length > 0) yield piece
      if (isLast) break
    }
  } finally {
    await ahead.catch(() => undefined)
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
