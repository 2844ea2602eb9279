import type { ServerModule } from '../../../platform/server-module.ts'
import type { Subscriptions } from '../subscriptions/index.ts'
import type { PushContext } from './context.ts'
import { pushRoutes } from './push-routes.ts'
import { createPushStore } from './push-store.ts'
import { pushJob, runPush } from './run-push.ts'

/** Pushes into consumers' databases; they follow the feed of changes. */
export function createPush(subscriptions: Subscriptions): ServerModule {
  const context: PushContext = { ...subscriptions.context, extend: subscriptions.extend, targets: createPushStore(subscriptions.context.store.db) }
  subscriptions.onGrown(async (trx, entryCode, by) => {
    // Pushes are of versions; each takes along what changed since.
    if (by === 'state') return

    for (const targetId of await context.targets.waitingOf(trx, entryCode)) await context.jobs.enqueue(trx, pushJob, { targetId })
  })
  return {
    routes: pushRoutes(context),
    start: () => context.jobs.work(pushJob, ({ targetId }, job) => runPush(context, targetId, job)),
  }
}
