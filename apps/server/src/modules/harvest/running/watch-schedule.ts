import { defineJob } from '@datong/job-runner'
import { inTransaction } from '@datong/metadata-store'
import type { HarvestContext } from '../deps.ts'
import { afterSchedule } from '../sources/schedule.ts'
import { queueRun, runJob } from './queue-run.ts'
import { runSource } from './run-source.ts'

const dueJob = defineJob<Record<string, never>>('harvest/ask-what-is-due', { policy: 'exclusive', retryLimit: 1, expireInSeconds: 300 })
const EVERY_MS = 60_000

/** Asks for the runs that are due. A source whose last run still goes on is asked when its next time comes. @returns how many */
export function queueDueRuns(context: HarvestContext): Promise<number> {
  const { store, clock } = context
  return inTransaction(context.db, async (trx) => {
    const due = await store.dueSources(trx, clock.now())
    let asked = 0
    for (const source of due) {
      const last = await store.latestRun(trx, source.id)
      if (last?.state !== 'queued' && last?.state !== 'running') {
        await queueRun(trx, context, source, 'as-due')
        asked++
      }
      await store.updateSource(trx, source.id, { next_run_at: afterSchedule(source.schedule, clock.now()) })
    }
    return asked
  })
}

/** The work of the queue, and a round every minute. */
export function createSchedule(context: HarvestContext) {
  let timer: NodeJS.Timeout | undefined
  return {
    async start(): Promise<void> {
      await context.jobs.work(runJob, ({ runId }, job) => runSource(context, runId, job))
      await context.jobs.work(dueJob, async () => void (await queueDueRuns(context)))
      timer = setInterval(() => {
        context.jobs.enqueue(context.db, dueJob, {}, { key: 'due' }).catch((error: unknown) => context.log.warn({ err: error }, 'due harvests could not be asked for'))
      }, EVERY_MS)
      timer.unref()
    },
    async stop(): Promise<void> {
      clearInterval(timer)
    },
  }
}
