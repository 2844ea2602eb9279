import { AppError, isAppError } from '@datong/kernel'
import { asStoreError } from '@datong/metadata-store'
import { statfs } from 'node:fs/promises'
import type { CollectionContext } from '../context.ts'

/** As much is left to the rest of the platform, the database above all, in bytes; `DATONG_KEEP_FREE_MB` says otherwise. */
const KEEP_FREE_BYTES = 2 ** 30
/** A stream is let go on so far before the disk is asked again. */
const ASK_EVERY_BYTES = 32 * 2 ** 20

type Rooms = Pick<CollectionContext, 'homeFolder' | 'lakeFolder' | 'keepFreeBytes'>

/**
 * Asks whether loads may write on, so that it is a load that ends before the disk does, and not the database.
 * @throws AppError `store/disk-full`
 */
export async function requireSpace({ homeFolder, lakeFolder, keepFreeBytes = KEEP_FREE_BYTES }: Rooms): Promise<void> {
  if (keepFreeBytes === 0) return
  for (const folder of [homeFolder, lakeFolder]) {
    const { bavail, bsize } = await statfs(folder)
    if (bavail * bsize < keepFreeBytes) throw new AppError('store/disk-full', { detail: `less than ${Math.ceil(keepFreeBytes / 2 ** 20)} MiB are free` })
  }
}

/** The pieces of a stream, while there is space for more than them. @throws AppError `store/disk-full` */
export async function* whileThereIsSpace(rooms: Rooms, pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let unasked = 0
  for await (const piece of pieces) {
    unasked += piece.length
    if (unasked >= ASK_EVERY_BYTES) {
      unasked = 0
      await requireSpace(rooms)
    }
    yield piece
  }
}

/** Whether a write found no space: ours, the database's, or the engine's, which says so in words only. */
export function isDiskFull(error: unknown): boolean {
  const known = asStoreError(error)
  if (isAppError(known) && known.code === 'store/disk-full') return true
  return error instanceof Error && (/No space left on device|Disk quota exceeded/i.test(error.message) || isDiskFull(error.cause))
}
