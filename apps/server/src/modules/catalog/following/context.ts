import type { operations, QueryOf } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'
import type { CatalogContext } from '../context.ts'
import type { EntryRecord } from '../entry/entry.ts'
import type { FollowingStore } from './following-store.ts'

export type SavedQuery = Omit<QueryOf<typeof operations.searchEntries>, 'limit' | 'cursor' | 'sort'>

export interface FollowingContext extends CatalogContext {
  readonly following: FollowingStore
  /** What a search finds for a caller, the newest change first, up to some hundred. */
  readonly newestOf: (query: SavedQuery, caller: Caller) => Promise<readonly EntryRecord[]>
}
