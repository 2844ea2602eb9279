import { inTransaction } from '@datong/metadata-store'
import { rm } from 'node:fs/promises'
import { covered } from './byte-range.ts'
import type { LinkContext } from './context.ts'
import { fileOf } from './end-link.ts'
import { recordLink } from './record-link.ts'
import type { TransferRow } from './tables.ts'

/** Notes how far a transfer came. The download is used when its transfers together sent every byte; the last one ends the link. */
export async function endTransfer(context: LinkContext, transfer: TransferRow, sent: number): Promise<void> {
  const { links, clock } = context
  const isOver = await inTransaction(context.store.db, async (trx) => {
    const link = await links.lock(trx, transfer.link_id)
    await links.noteTransfer(trx, transfer.id, { sent, running: false, seen_at: clock.now() })
    if (link?.state !== 'ready' || link.downloads_used >= transfer.download) return false
    const transfers = await links.transfersOf(trx, link.id, transfer.download)
    if (covered(transfers.map((one) => ({ first: one.first_byte, length: one.sent }))) < link.bytes!) return false // ready, so it has a size
    const isLast = transfer.download === link.downloads
    await recordLink(context, trx, link, 'downloaded', link.maker.actor, { download: transfer.download, connections: transfers.length, fileHash: link.sha256, last: isLast })
    await links.update(trx, link.id, { downloads_used: transfer.download, ...(isLast ? { state: 'ended' as const, reason: 'used-up' } : {}) })
    return isLast
  })
  if (isOver) await rm(fileOf(context, transfer.link_id), { force: true })
}
