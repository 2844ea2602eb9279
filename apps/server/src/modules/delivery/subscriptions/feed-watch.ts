import type { Store, Subscription } from '@datong/metadata-store'
import { PLANS_CHANNEL } from '../../sharing/index.ts'
import { parseNotice } from '../forms/notices.ts'
import { CHANGES_CHANNEL } from './feed-store.ts'

/** Wakes whoever follows a feed when it grows, and everybody when grants change. */
export interface FeedWatch {
  start(): Promise<void>
  stop(): Promise<void>
  /** @returns ends the watch */
  watch(entryCode: string, moved: () => void): () => void
}

export function createFeedWatch(store: Store): FeedWatch {
  const watchers = new Map<string, Set<() => void>>()
  const wake = (entryCode: string): void => watchers.get(entryCode)?.forEach((moved) => moved())
  const wakeAll = (): void => [...watchers.keys()].forEach(wake)
  const subscriptions: Subscription[] = []
  return {
    async start() {
      subscriptions.push(await store.listen(CHANGES_CHANNEL, wake, { onRestored: wakeAll }))
      subscriptions.push(await store.listen(PLANS_CHANNEL, (payload) => {
        const { grant, entry } = parseNotice(payload)
        if (grant === undefined && entry !== undefined) wake(entry)
        else wakeAll()
      }, { onRestored: wakeAll }))
    },
    async stop() {
      for (const subscription of subscriptions.splice(0)) await subscription.close()
    },
    watch(entryCode, moved) {
      const wakes = watchers.get(entryCode) ?? new Set()
      watchers.set(entryCode, wakes.add(moved))
      return () => {
        wakes.delete(moved)
        if (wakes.size === 0) watchers.delete(entryCode)
      }
    },
  }
}
