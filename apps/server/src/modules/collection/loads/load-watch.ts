import type { Load } from '@datong/contracts'
import type { Store, Subscription } from '@datong/metadata-store'
import { LOADS_CHANNEL } from './load-store.ts'

/** Without news for this long a comment goes out, so that no proxy takes the line for dead; in milliseconds. */
const HEARTBEAT_MS = 10_000

/** Wakes whoever watches a load when it moves, in whatever process that happened. */
export interface LoadWatch {
  start(): Promise<void>
  stop(): Promise<void>
  /** Calls `moved` for each move of the load until the returned function is called. */
  watch(loadId: string, moved: () => void): () => void
}

export function createLoadWatch(store: Store): LoadWatch {
  const watchers = new Map<string, Set<() => void>>()
  const wakeAll = (): void => watchers.forEach((wakes) => wakes.forEach((wake) => wake()))
  let subscription: Subscription | undefined
  return {
    start: async () => {
      subscription ??= await store.listen(LOADS_CHANNEL, (loadId) => watchers.get(loadId)?.forEach((wake) => wake()), { onRestored: wakeAll })
    },
    stop: async () => {
      await subscription?.close()
      subscription = undefined
    },
    watch: (loadId, moved) => {
      const wakes = watchers.get(loadId) ?? new Set()
      watchers.set(loadId, wakes.add(moved))
      return () => {
        wakes.delete(moved)
        if (wakes.size === 0) watchers.delete(loadId)
      }
    },
  }
}

/**
 * A load as server-sent events: its present state, then each change, until it ends or `signal` aborts.
 * @see WHATWG HTML, 9.2 Server-sent events
 */
export async function* loadEvents(watch: LoadWatch, loadId: string, read: () => Promise<Load>, signal: AbortSignal): AsyncGenerator<string> {
  let wake = (): void => undefined
  let moved = true
  const notice = (): void => {
    moved = true
    wake()
  }
  const unwatch = watch.watch(loadId, notice)
  signal.addEventListener('abort', notice)
  try {
    yield 'retry: 2000\n\n'
    while (!signal.aborted) {
      if (moved) {
        moved = false
        const load = await read()
        yield `data: ${JSON.stringify(load)}\n\n`
        if (load.state === 'done' || load.state === 'failed') return
      } else if (!(await within(HEARTBEAT_MS, (done) => (wake = done), () => moved))) {
        // Notifications can be lost; reading again now and then makes that harmless.
        moved = true
        yield ': \n\n'
      }
    }
  } finally {
    unwatch()
    signal.removeEventListener('abort', notice)
  }
}

/** Waits until `arm`'s callback is called or time is up; answers whether it was called. */
async function within(ms: number, arm: (done: () => void) => void, already: () => boolean): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  arm(() => resolve(true))
  if (already()) return true
  const timer = setTimeout(() => resolve(false), ms)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
  }
}
