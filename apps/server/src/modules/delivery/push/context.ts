import type { Subscriptions } from '../subscriptions/index.ts'
import type { FeedContext } from '../subscriptions/context.ts'
import type { PushStore } from './push-store.ts'

export interface PushContext extends FeedContext {
  readonly targets: PushStore
  /** Leads an entry's feed on to its current version. */
  readonly extend: Subscriptions['extend']
}
