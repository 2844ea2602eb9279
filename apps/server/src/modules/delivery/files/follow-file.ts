import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Pieces of files are large: each costs a way to the disk and back. */
export const PIECE_BYTES = 1_048_576

const LOOK_AGAIN_MS = 10

/**
 * The bytes of a file while something else still writes it from its beginning to its end, in large pieces: so two steps
 * over the same data go on side by side. A piece is whole until the next one is asked for: its place is used again, because the
 * collector goes through the whole heap whenever 64 MiB of buffers have come and gone.
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
  const fill = async (piece: Buffer, position: number): Promise<Buffer> => {
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
  let [free, other] = [Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES)]
  let ahead = fill(free, 0)
  try {
    for (let position = 0; ;) {
      const piece = await ahead
      position += piece.length
      const isLast = piece.length < PIECE_BYTES
      ;[free, other] = [other, free]
      if (!isLast) (ahead = fill(free, position)).catch(() => undefined)
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
