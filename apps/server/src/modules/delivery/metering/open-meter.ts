import type { Clock } from '@datong/kernel'
import type { Store } from '@datong/metadata-store'
import type { TimedUsage } from '../../evidence/index.ts'
import type { DeliveryDeps } from '../deps.ts'
import type { UsageStore } from './usage-store.ts'

const FLUSH_EVERY_MS = 1_000

/** Metering of open data: counted in memory and written each second; a crash loses one second of figures, never of evidence. */
export function createOpenMeter({ store, usage, clock, log }: { store: Store; usage: UsageStore; clock: Clock; log: DeliveryDeps['log'] }) {
  let waiting: TimedUsage[] = []
  let timer: NodeJS.Timeout | undefined

  async function flush(): Promise<void> {
    if (waiting.length === 0) return
    const batch = waiting
    waiting = []
    try {
      await usage.write(store.pool, batch)
    } catch (error) {
      waiting = [...batch, ...waiting]
      log.warn({ err: error }, 'figures of open data wait to be written')
    }
  }

  return {
    add(use: Omit<TimedUsage, 'at' | 'calls' | 'grantId'>): void {
      waiting.push({ ...use, grantId: null, calls: 1, at: clock.now() })
    },
    start(): void {
      timer = setInterval(() => void flush(), FLUSH_EVERY_MS)
      timer.unref()
    },
    async stop(): Promise<void> {
      clearInterval(timer)
      await flush()
    },
  }
}
