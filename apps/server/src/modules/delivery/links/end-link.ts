import type { Actor } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SYSTEM_ACTOR } from '../../identity/index.ts'
import type { LinkContext } from './context.ts'
import { recordLink } from './record-link.ts'
import type { LinkRow } from './tables.ts'

export const fileOf = ({ linkFolder }: Pick<LinkContext, 'linkFolder'>, id: string): string => join(linkFolder, id)

/** Ends a link that is being prepared or ready, and removes its file; one that is over stays as it is. */
export async function endLink(context: LinkContext, id: string, reason: string, actor: Actor = SYSTEM_ACTOR): Promise<LinkRow | undefined> {
  const ended = await inTransaction(context.store.db, async (trx) => {
    const link = await context.links.lock(trx, id)
    if (link === undefined || (link.state !== 'preparing' && link.state !== 'ready')) return link
    await recordLink(context, trx, link, 'ended', actor, { reason })
    return context.links.update(trx, id, { state: 'ended', reason })
  })
  if (ended !== undefined) await rm(fileOf(context, id), { force: true })
  return ended
}

/** Ends every link of a grant that gives nothing for good. */
export async function endLinksOfGrant(context: LinkContext, grantId: string): Promise<void> {
  const grant = await context.sharing.findGrant(grantId)
  if (grant !== undefined && grant.state !== 'revoked') return
  for (const id of await context.links.liveOf({ grantId })) await endLink(context, id, 'withdrawn')
}
