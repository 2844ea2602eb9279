import { defineJob } from '@datong/job-runner'
import { isAppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { type CollectionContext, PLATFORM } from '../context.ts'
import { beginSourceLoad } from './begin-source-load.ts'
import { nextRun } from './schedule.ts'
import type { SourceRow } from './source-tables.ts'

const dueJob = defineJob<Record<string, never>>('collection/ask-what-is-due', { policy: 'exclusive', retryLimit: 1, expireInSeconds: 300 })
const EVERY_MS = 30_000

/** Begins the loads that are due, each in a transaction of its own: one that cannot begin hinders no other. @returns how many began */
export async function beginDueLoads(context: CollectionContext): Promise<number> {
  const { store, sources, clock } = context
  const due = await inTransaction(store.db, (trx) => sources.due(trx, clock.now()))
  let began = 0
  for (const { id } of due) if (await inTransaction(store.db, (trx) => beginDue(trx, context, id))) began++
  return began
}

async function beginDue(trx: Trx, context: CollectionContext, id: string): Promise<boolean> {
  const { sources, clock, log } = context
  const now = clock.now()
  const source = await sources.lock(trx, id)
  if (source?.state !== 'active' || source.next_run_at === null || source.next_run_at > now) return false
  // What is due while another load of the entry goes on stays due, and begins after it.
  if (await isBusy(trx, context, source)) return false
  await sources.note(trx, id, { next_run_at: nextRun(source.schedule, now) })
  if (source.mode === 'changes') return false
  try {
    await beginSourceLoad(trx, context, source, { actor: PLATFORM })
    return true
  } catch (error) {
    // Its entry was withdrawn, or a load goes on: the next time comes.
    if (!isAppError(error)) throw error
    log.warn({ code: error.code, source: id }, 'a load that was due could not begin')
    return false
  }
}

const isBusy = async (trx: Trx, { loads }: CollectionContext, { entry_code }: SourceRow): Promise<boolean> =>
  entry_code !== null && (await loads.underWay(trx, entry_code)) !== undefined

/** Asks twice a minute what is due. */
export function createSourceSchedule(context: CollectionContext) {
  let timer: NodeJS.Timeout | undefined
  return {
    async start(): Promise<void> {
      await context.jobs.work(dueJob, async () => void (await beginDueLoads(context)))
      timer = setInterval(() => {
        context.jobs.enqueue(context.store.db, dueJob, {}, { key: 'due' }).catch((error: unknown) => context.log.warn({ err: error }, 'loads that are due could not be asked for'))
      }, EVERY_MS)
      timer.unref()
    },
    stop(): void {
      clearInterval(timer)
    },
  }
}
