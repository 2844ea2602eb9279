import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { refusalOf } from '../plan/decide.ts'
import type { ByteRange } from './byte-range.ts'
import type { LinkContext } from './context.ts'
import { endLink } from './end-link.ts'
import type { LinkRow, TransferRow } from './tables.ts'

/** Transfers of one grant at a time, over all its links and all processes. */
const MOST_TRANSFERS = 8
/** A transfer without a sign of life for this long died with its process. */
const SEEN_WITHIN_MS = 20_000
/** A download may send its file this many times over, for what broken connections lost. */
const SENDS_FOR_EACH_DOWNLOAD = 2

/**
 * Whether a link still gives its file.
 * @throws AppError `delivery/link-ended`, `delivery/link-not-ready`, and why its grant gives nothing
 */
export async function requireReady(context: LinkContext, link: LinkRow): Promise<void> {
  if (link.state === 'failed' || link.state === 'ended') throw new AppError('delivery/link-ended', { reason: link.reason ?? '' })
  if (link.expires_at <= context.clock.now()) throw new AppError('delivery/link-ended', { reason: 'expired' })
  if (link.grant_id !== null) {
    const grant = await context.sharing.findGrant(link.grant_id)
    const refusal = grant === undefined ? 'delivery/no-grant' : refusalOf(grant, context.clock)
    if (refusal !== undefined) throw new AppError(refusal, { code: link.entry_code })
  }
  if (link.state === 'preparing') throw new AppError('delivery/link-not-ready', { rows: link.rows_so_far })
}

/**
 * Takes a stretch of the file for one connection. Connections of one download share the file without overlap; bytes may be
 * sent again only as far as a broken connection explains it.
 * @returns the transfer, and whether it is the first of its download
 * @throws AppError `delivery/link-busy`, `delivery/too-many-transfers`, `delivery/link-ended`
 */
export async function beginTransfer(context: LinkContext, linkId: string, { first, last }: ByteRange): Promise<{ link: LinkRow; transfer: TransferRow; isFirst: boolean }> {
  const { links, clock, random } = context
  const begun = await inTransaction(context.store.db, async (trx) => {
    const link = await links.lock(trx, linkId)
    if (link?.state !== 'ready') throw new AppError('delivery/link-ended', { reason: link?.reason ?? '' })
    const now = clock.now()
    const seenSince = new Date(now.getTime() - SEEN_WITHIN_MS)
    const download = link.downloads_used + 1
    const earlier = await links.transfersOf(trx, linkId, download)
    const running = earlier.filter((one) => one.running && one.seen_at > seenSince)
    // A running transfer is held to end where it may: the next one begins behind it, or waits.
    if (running.some((one) => one.first_byte <= last && first <= one.last_byte)) throw new AppError('delivery/link-busy')
    if (link.grant_id !== null && (await links.countRunning(trx, link.grant_id, seenSince)) >= MOST_TRANSFERS) {
      throw new AppError('delivery/too-many-transfers', { limit: MOST_TRANSFERS, retryAfterSeconds: 5 })
    }
    const taken = earlier.reduce((sum, one) => sum + (running.includes(one) ? one.last_byte - one.first_byte + 1 : one.sent), 0)
    if (taken + last - first + 1 > SENDS_FOR_EACH_DOWNLOAD * link.bytes!) return null // ready, so it has a size
    const transfer: TransferRow = {
      id: uuidv7(clock, random), link_id: linkId, grant_id: link.grant_id, download, first_byte: first, last_byte: last, sent: 0, running: true, seen_at: now,
    }
    await links.insertTransfer(trx, transfer)
    return { link, transfer, isFirst: earlier.length === 0 }
  })
  if (begun !== null) return begun
  await endLink(context, linkId, 'too-many-attempts')
  throw new AppError('delivery/link-ended', { reason: 'too-many-attempts' })
}
