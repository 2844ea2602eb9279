import { defineJob, type JobRunner } from '@datong/job-runner'
import type { SharingContext } from '../context.ts'
import { watchDeadlines } from './watch-deadlines.ts'

/** One of them waits at a time, whatever the number of processes that ask for it. */
const watchJob = defineJob<Record<string, never>>('sharing/watch-deadlines', { policy: 'exclusive', retryLimit: 2, expireInSeconds: 1_800 })

const EVERY_MS = 60_000

/** Asks every minute for a round of watching; the queue sees to it that one process does it. */
export function createWatch(context: SharingContext, jobs: Pick<JobRunner, 'work' | 'enqueue'>, everyMs = EVERY_MS) {
  let timer: NodeJS.Timeout | undefined
  return {
    async start(): Promise<void> {
      await jobs.work(watchJob, async () => {
        const { escalated, expired, delivered, lateDeliveries } = await watchDeadlines(context)
        if (escalated + expired + delivered + lateDeliveries > 0) context.log.info({ escalated, expired, delivered, lateDeliveries }, 'deadlines of sharing were watched')
      })
      timer = setInterval(() => {
        jobs.enqueue(context.db, watchJob, {}, { key: 'watch' }).catch((error: unknown) => context.log.warn({ err: error }, 'a round of watching could not be asked for'))
      }, everyMs)
      timer.unref()
    },
    async stop(): Promise<void> {
      clearInterval(timer)
    },
  }
}
