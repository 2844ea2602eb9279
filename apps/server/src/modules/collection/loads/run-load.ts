import type { JobContext } from '@datong/job-runner'
import type { CollectionContext } from '../context.ts'
import { BaseMoved, makeVersion } from '../versions/make-version.ts'
import { failLoad, failureOf, loggable, unforeseen } from './fail-load.ts'
import { finishIdle } from './finish-load.ts'
import { holdLoad } from './hold-load.ts'
import { LoadHeld } from './intake.ts'
import { letGo } from './let-go.ts'
import { lockAttempt } from './attempt-lock.ts'
import { MOST_FAILURES } from './load-job.ts'
import type { LoadRow } from './load-store.ts'
import { createProgress } from './progress.ts'
import { RejectWriter } from './reject-writer.ts'
import { takeIn } from './take-in.ts'
import { watchHold } from './watch-hold.ts'

/**
 * The job of a load: take in → type → store → version. It may be killed anywhere and run again: everything before
 * the version's transaction is scratch of this attempt, and that transaction happens once for a load. What an intake notes in
 * its checkpoint is where the next attempt goes on.
 */
export async function runLoad(context: CollectionContext, loadId: string, job: Pick<JobContext, 'attempt' | 'signal'>): Promise<void> {
  const load = await context.loads.find(loadId)
  if (load === undefined || load.outcome !== null || load.version !== null || load.hold !== null) return
  const unlock = await lockAttempt(context.store, loadId)
  if (unlock === undefined) throw new Error('an earlier attempt has not ended yet')
  try {
    await attempt(context, load, job)
  } finally {
    await unlock()
  }
}

async function attempt(context: CollectionContext, load: LoadRow, job: Pick<JobContext, 'attempt' | 'signal'>): Promise<void> {
  const loadId = load.id
  const progress = createProgress(context, loadId)
  const staging = context.workspace.stagingPath(loadId)
  const held = watchHold(context, loadId)
  let scratch: string | undefined
  try {
    scratch = await context.workspace.makeScratch(loadId)
    const checkpoint = await context.loads.findCheckpoint(loadId)
    const rejects = new RejectWriter(context.loads, loadId)
    await rejects.keep(checkpoint?.sheet.rowsRejected ?? 0)
    const made = await takeIn(context, load, { scratch, staging, progress, rejects, checkpoint, signal: AbortSignal.any([job.signal, held.signal]) })
    await progress.settle()
    if ('idle' in made) await finishIdle(context, loadId, made)
    else await makeVersion(context, loadId, staging, made)
  } catch (error) {
    await progress.settle()
    if (error instanceof LoadHeld) return await holdLoad(context, loadId, error)
    // Stopped by a person or with its process: no failure of the load.
    if (held.signal.aborted) return
    if (job.signal.aborted) throw loggable(error)
    const failure = failureOf(error)
    const mayPass = failure === undefined || TRANSIENT.has(failure.code)
    if (error instanceof BaseMoved || (mayPass && job.attempt < MOST_FAILURES)) throw loggable(error)
    if (failure === undefined || OURS.has(failure.code)) {
      context.log.error({ err: loggable(error), loadId, attempt: job.attempt }, 'a load failed for a reason that is not the file')
    }
    await failLoad(context, loadId, failure ?? unforeseen(error))
    // Nothing goes on from what was read, and it can be read again; a file that was uploaded is the only one there is.
    if (failure !== undefined && !TRANSIENT.has(failure.code) && load.kind !== 'upload') await letGo(context, load)
  } finally {
    held.stop()
    if (scratch !== undefined) await context.workspace.discard(scratch)
    await context.workspace.discard(staging)
  }
}

const OURS: ReadonlySet<string> = new Set(['collection/rows-lost', 'store/disk-full'])

/** Failures of a source that another attempt, which goes on where this one was, may get over. */
const TRANSIENT: ReadonlySet<string> = new Set(['collection/source-changed', 'collection/source-lost', 'collection/source-too-slow', 'collection/source-unreachable'])
