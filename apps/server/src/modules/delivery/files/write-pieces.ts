import { open } from 'node:fs/promises'
import { ByteBuilder } from './byte-builder.ts'
import { PIECE_BYTES } from './follow-file.ts'

/**
 * Writes a file while its next bytes are made. Pieces are copied, small ones together, so that they need not stay when the next one is asked for.
 * @throws what `pieces` or the file system fails with
 */
export async function writePieces(path: string, pieces: AsyncIterable<Buffer>): Promise<void> {
  const file = await open(path, 'w')
  let writing: Promise<unknown> = Promise.resolve()
  try {
    let [place, other] = [new ByteBuilder(2 * PIECE_BYTES), new ByteBuilder(2 * PIECE_BYTES)]
    const flush = async (): Promise<void> => {
      await writing
      writing = file.writeFile(place.taken())
      writing.catch(() => undefined)
      ;[place, other] = [other, place]
      place.clear()
    }
    for await (const piece of pieces) {
      place.copy(piece, 0, piece.length)
      if (place.length >= PIECE_BYTES) await flush()
    }
    await flush()
    await writing
  } finally {
    await writing.catch(() => undefined)
    await file.close()
  }
}
