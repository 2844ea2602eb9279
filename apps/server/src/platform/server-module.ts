import type { Migration } from '@datong/metadata-store'
import type { PlainRoute, Route } from './route.ts'

/** What every module of the server offers to `compose.ts`, besides its own services. */
export interface ServerModule {
  readonly routes: readonly Route[]
  readonly plainRoutes?: readonly PlainRoute[]
  /** Begins background work: subscriptions, workers, listeners. Called after migration, before the port opens. */
  start?(): Promise<void>
  /** Ends it: finishes what is under way, gives up the rest. */
  stop?(): Promise<void>
}

export type { Migration }
