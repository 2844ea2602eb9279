import type { ServerModule } from '../../../platform/server-module.ts'
import type { DeliveryContext } from '../context.ts'
import { changeRoutes } from './change-routes.ts'
import type { WebhookContext } from './context.ts'
import { extendFeed, type FeedGrown } from './extend-feed.ts'
import { createFeedStore } from './feed-store.ts'
import { createFeedWatch } from './feed-watch.ts'
import { followStates } from './follow-states.ts'
import { sendBatch, sendBatchJob } from './send-batch.ts'
import { webhookRoutes } from './webhook-routes.ts'
import { createWebhookStore } from './webhook-store.ts'

/** The feed of changes and its webhooks. */
export interface Subscriptions extends ServerModule {
  /** The context that others who follow the feed work in. */
  readonly context: WebhookContext
  /** Leads an entry's feed on to its current version now, and to the newest state behind it. */
  extend(entryCode: string): Promise<void>
  /** The entry's live table has moved on: its feed follows soon. */
  follow(entryCode: string): void
  /** Asks to be told, within the transaction, whenever a feed has grown. */
  onGrown(listener: FeedGrown): void
}

export function createSubscriptions(delivery: DeliveryContext): Subscriptions {
  const { store, events, jobs } = delivery
  const context: WebhookContext = { ...delivery, feed: createFeedStore(store.db), webhooks: createWebhookStore(store.db), watch: createFeedWatch(store) }
  const listeners: FeedGrown[] = [async (trx, entryCode) => {
    for (const webhookId of await context.webhooks.activeOf(trx, entryCode)) await jobs.enqueue(trx, sendBatchJob, { webhookId })
  }]
  const extend = (entryCode: string): Promise<void> => extendFeed(context, entryCode, async (trx, code, by) => {
    for (const listener of listeners) await listener(trx, code, by)
  })
  const states = followStates(extend, delivery.log)

  return {
    context,
    extend,
    follow: states.want,
    onGrown: (listener) => void listeners.push(listener),
    routes: [...changeRoutes(context), ...webhookRoutes(context)],
    async start() {
      await context.watch.start()
      await jobs.work(sendBatchJob, ({ webhookId }) => sendBatch(context, webhookId))
      for (const event of ['catalog.entry-published', 'catalog.entry-changed', 'collection.version-used'] as const) {
        await events.subscribe(event, 'changes', ({ entryCode }) => extend(entryCode))
      }
      await events.subscribe('catalog.entry-withdrawn', 'changes', ({ entryCode }) => context.feed.forgetStates(entryCode))
    },
    async stop() {
      await states.stop()
      await context.watch.stop()
    },
  }
}
