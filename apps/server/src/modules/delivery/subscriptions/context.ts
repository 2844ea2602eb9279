import type { DeliveryContext } from '../context.ts'
import type { FeedStore } from './feed-store.ts'
import type { FeedWatch } from './feed-watch.ts'
import type { WebhookStore } from './webhook-store.ts'

export interface FeedContext extends DeliveryContext {
  readonly feed: FeedStore
  readonly watch: FeedWatch
}

export interface WebhookContext extends FeedContext {
  readonly webhooks: WebhookStore
}
