import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServerModule } from '../../../platform/server-module.ts'
import { PLANS_CHANNEL } from '../../sharing/index.ts'
import type { DeliveryContext } from '../context.ts'
import { parseNotice } from '../forms/notices.ts'
import type { LinkContext } from './context.ts'
import { endLink, endLinksOfGrant } from './end-link.ts'
import { linkRoutes } from './link-routes.ts'
import { createLinkStore } from './link-store.ts'
import { endLinkJob, prepareLinkJob } from './make-link.ts'
import { failLink, prepareLink } from './prepare-link.ts'
import { LEAST_SPEED, type LeastSpeed } from '../files/speed-limit.ts'

/** One-time links to files. */
export function createLinks(delivery: DeliveryContext, leastSpeed: LeastSpeed = LEAST_SPEED): ServerModule {
  const context: LinkContext = { ...delivery, links: createLinkStore(delivery.store.db), leastSpeed, running: new Set() }
  let subscription: Awaited<ReturnType<typeof delivery.store.listen>> | undefined

  const warn = (error: unknown): void => context.log.warn({ err: error }, 'links of a grant were not ended')
  const onNotice = (payload: string): void => {
    const { grant } = parseNotice(payload)
    if (grant === undefined) return
    context.running.forEach((check) => check())
    endLinksOfGrant(context, grant).catch(warn)
  }
  const checkAll = async (): Promise<void> => {
    for (const grant of await context.links.liveGrants()) await endLinksOfGrant(context, grant)
  }

  /** Files whose link is over or unknown, left by a process that died. */
  async function removeOrphans(): Promise<void> {
    await mkdir(context.linkFolder, { recursive: true })
    for (const name of await readdir(context.linkFolder)) {
      const link = /^[0-9a-f-]{36}$/.test(name) ? await context.links.find(name) : undefined
      if (link?.state !== 'ready' && link?.state !== 'preparing') await rm(join(context.linkFolder, name), { force: true })
    }
  }

  return {
    routes: linkRoutes(context),
    async start() {
      await removeOrphans()
      // What was revoked while the line was down is found when it is back.
      subscription = await context.store.listen(PLANS_CHANNEL, onNotice, { onRestored: () => void checkAll().catch(warn) })
      await checkAll()
      await context.jobs.work(prepareLinkJob, ({ linkId }) => prepareLink(context, linkId), ({ linkId }) => failLink(context, linkId, 'server/failure'))
      await context.jobs.work(endLinkJob, async ({ linkId }) => void (await endLink(context, linkId, 'expired')))
      await context.events.subscribe('catalog.entry-withdrawn', 'links', async ({ entryCode }) => {
        for (const id of await context.links.liveOf({ entryCode })) await endLink(context, id, 'withdrawn')
      })
    },
    async stop() {
      await subscription?.close()
    },
  }
}
