import type { DeliveryContext } from '../context.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { beginning } from './extend-feed.ts'
import type { FeedStore } from './feed-store.ts'
import type { ChangeSet } from './tables.ts'

/** What is read of a feed. */
export type ReadFeed = Pick<FeedStore, 'last' | 'lastBeginning' | 'setAt' | 'setOf' | 'changes'>

/** Beginnings of fixed versions: versions never change, and whether a field is a key costs a pass over one. */
const MOST_KEPT = 1_000
const kept = new Map<string, Promise<ChangeSet>>()

/**
 * The feed that a plan sees: the entry's own, or, for a grant that is fixed to a version, one that begins with that version
 * and has nothing after it. Its positions are its own.
 */
export async function feedOf(context: Pick<DeliveryContext, 'catalog' | 'engine' | 'clock'> & { readonly feed: ReadFeed }, plan: DeliveryPlan): Promise<ReadFeed> {
  if (!plan.fixed) return context.feed
  const set = await beginningOf(context, plan)
  return {
    last: async () => set,
    lastBeginning: async () => set,
    setAt: async (_, position) => (position <= set.last_position ? set : undefined),
    setOf: async (_, version) => (version === set.to_version ? set : undefined),
    changes: async () => [],
  }
}

async function beginningOf(context: Pick<DeliveryContext, 'catalog' | 'engine' | 'clock'>, plan: DeliveryPlan): Promise<ChangeSet> {
  const entry = await context.catalog.find(plan.entryCode)
  const identifiers = (entry?.fields ?? []).filter(({ identifier }) => identifier)
  const name = JSON.stringify([plan.files, identifiers.map((field) => field.name)])
  let found = kept.get(name)
  if (found === undefined) {
    if (kept.size >= MOST_KEPT) kept.clear()
    const version = { number: plan.version, files: plan.files, fields: plan.schema, rowCount: plan.rowCount }
    found = beginning(context.engine, identifiers, version, 1)
      .then((placed) => ({ ...placed, entry_code: plan.entryCode, number: 1, to_version: plan.version, made_at: context.clock.now(), table_name: null, to_state: null, fields: null }))
    found.catch(() => kept.delete(name))
    kept.set(name, found)
  }
  return found
}
