import { defineJob } from '@datong/job-runner'
import type { QualityContext } from '../context.ts'
import { checkEntry } from './check-entry.ts'
import { checkJob, queueCheck } from './check-job.ts'

const sweepJob = defineJob<Record<string, never>>('quality/freshen', { policy: 'exclusive', retryLimit: 1, expireInSeconds: 1_800 })

const EVERY_MS = 3_600_000
/** Time makes data stale by the day. */
const STALE_AFTER_MS = 24 * 3_600_000
const MOST_AT_ONCE = 1_000

/** Works out anew what time alone changes, for entries that were not looked at for a day. @returns how many */
export async function freshen(context: QualityContext, olderThanMs = STALE_AFTER_MS, signal?: AbortSignal): Promise<number> {
  const before = new Date(context.clock.now().getTime() - olderThanMs)
  const codes = await context.standings.checkedBefore(before, MOST_AT_ONCE)
  for (const code of codes) {
    signal?.throwIfAborted()
    await checkEntry(context, code, 'facts', signal)
  }
  return codes.length
}

/** The work of the queue, and a round every hour. */
export function createChecks(context: QualityContext) {
  let timer: NodeJS.Timeout | undefined
  const ask = (): void => {
    context.jobs.enqueue(context.db, sweepJob, {}, { key: 'all' }).catch((error: unknown) => context.log.warn({ err: error }, 'old figures of quality could not be freshened'))
  }
  return {
    async start(): Promise<void> {
      await context.jobs.work(checkJob, ({ entryCode, scope }, { signal }) => checkEntry(context, entryCode, scope, signal))
      await context.jobs.work(sweepJob, async (_, { signal }) => void (await freshen(context, STALE_AFTER_MS, signal)))
      // What is told of an entry counts too: whether it is described, how often it is promised, where it is to be had.
      for (const event of ['catalog.entry-published', 'catalog.entry-changed', 'catalog.entry-withdrawn'] as const) {
        await context.events.subscribe(event, 'quality', ({ entryCode }) => queueCheck(context.db, context, entryCode, 'facts'))
      }
      timer = setInterval(ask, EVERY_MS)
      timer.unref()
    },
    async stop(): Promise<void> {
      clearInterval(timer)
    },
  }
}
