import { defineJob } from '@datong/job-runner'
import type { CatalogContext } from '../context.ts'
import { watchClocks } from './watch-clocks.ts'

/** One of them waits at a time, whatever the number of processes that ask for it. */
const watchJob = defineJob<Record<string, never>>('catalog/watch-clocks', { policy: 'exclusive', retryLimit: 2, expireInSeconds: 1_800 })

const EVERY_MS = 60_000

/** Asks every minute for a round of watching; the queue sees to it that one process does it. `also` is done in the same round. */
export function createClockWatch(context: CatalogContext, also: () => Promise<unknown>) {
  let timer: NodeJS.Timeout | undefined
  return {
    async start(): Promise<void> {
      await context.jobs.work(watchJob, async () => {
        const { begun, ended, told, withdrawn } = await watchClocks(context)
        if (begun + ended + told + withdrawn > 0) context.log.info({ begun, ended, told, withdrawn }, 'clocks of the catalogue were watched')
        await also()
      })
      timer = setInterval(() => {
        context.jobs.enqueue(context.db, watchJob, {}, { key: 'watch' }).catch((error: unknown) => context.log.warn({ err: error }, 'a round of watching could not be asked for'))
      }, EVERY_MS)
      timer.unref()
    },
    async stop(): Promise<void> {
      clearInterval(timer)
    },
  }
}
