import type { BodyOf, operations } from '@datong/contracts'
import { defineJob } from '@datong/job-runner'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { createHash } from 'node:crypto'
import type { Caller } from '../../../platform/caller.ts'
import { storedCaller } from '../forms/stored-caller.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import type { LinkContext } from './context.ts'
import { recordLink } from './record-link.ts'
import type { LinkRow } from './tables.ts'

/** Makes the file of a link; a crash counts as an attempt and is repeated at once. Three hours is the longest. */
export const prepareLinkJob = defineJob<{ linkId: string }>('delivery/prepare-link', { retryLimit: 5, expireInSeconds: 3 * 3_600, concurrency: 2 })
/** Ends a link when its time is over. */
export const endLinkJob = defineJob<{ linkId: string }>('delivery/end-link', { retryLimit: 20, retryDelaySeconds: 5 })

/** Live links that one application or person may have at a time. */
const MOST_LIVE_LINKS = 20
const TOKEN_BYTES = 32

/** What is kept of a token. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/**
 * Makes a link in the state `preparing`; its file is a job.
 * @returns the link and its token, which is kept nowhere
 * @throws AppError `delivery/too-many-links`, `delivery/no-space`
 */
export async function makeLink(
  context: LinkContext, plan: DeliveryPlan, body: BodyOf<typeof operations.makeLink>, caller: Caller,
): Promise<{ link: LinkRow; token: string }> {
  const { links, clock, random, jobs, forms } = context
  if ((await links.countLive(caller.actor.id)) >= MOST_LIVE_LINKS) throw new AppError('delivery/too-many-links', { limit: MOST_LIVE_LINKS })
  if ((await links.bytesKept()) >= forms.linkSpaceBytes) throw new AppError('delivery/no-space')
  const now = clock.now()
  const id = uuidv7(clock, random)
  const token = Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url')
  const expiresAt = new Date(now.getTime() + (body.expiresInMinutes ?? 60) * 60_000)
  const { basis } = plan
  const row = {
    id, token_hash: hashOfToken(token), entry_code: plan.entryCode, entry_title: plan.title, provider: plan.provider,
    grant_id: basis.kind === 'grant' ? basis.grantId : null,
    app_id: basis.kind === 'grant' ? basis.appId : caller.actor.kind === 'application' ? caller.actor.id : null,
    organisation: caller.organisation, format: body.format, state: 'preparing', reason: null,
    downloads: body.downloads ?? 1, created_at: now, expires_at: expiresAt,
  } as const
  const link = await inTransaction(context.store.db, async (trx) => {
    await links.insert(trx, { ...row, maker: JSON.stringify(storedCaller(caller)) })
    await recordLink(context, trx, row, 'made', caller.actor, {
      basis: basis.kind, format: row.format, downloads: row.downloads, expiresAt: expiresAt.toISOString(), ...(caller.keyId === null ? {} : { key: caller.keyId }),
    })
    await jobs.enqueue(trx, prepareLinkJob, { linkId: id })
    await jobs.enqueue(trx, endLinkJob, { linkId: id }, { startAfter: expiresAt })
    return (await links.lock(trx, id))! // inserted just now
  })
  return { link, token }
}
