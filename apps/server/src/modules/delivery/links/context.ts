import type { DeliveryContext } from '../context.ts'
import type { LinkStore } from './link-store.ts'
import type { LeastSpeed } from '../files/speed-limit.ts'

export interface LinkContext extends DeliveryContext {
  readonly links: LinkStore
  readonly leastSpeed: LeastSpeed
  /** Checks of the transfers that run in this process: each breaks its own off when it may not go on. */
  readonly running: Set<() => void>
}
