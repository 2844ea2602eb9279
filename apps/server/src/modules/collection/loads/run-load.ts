import type { Staged } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { JobContext } from '@datong/job-runner'
import { join } from 'node:path'
import type { CollectionContext } from '../context.ts'
import { factsOf } from './detection-facts.ts'
import { failLoad, failureOf, loggable, unforeseen } from './fail-load.ts'
import { MOST_FAILURES } from './load-job.ts'
import type { LoadRow } from './load-store.ts'
import { makeVersion, type TakenIn } from '../versions/make-version.ts'
import { createProgress, type Progress } from './progress.ts'
import { detectSource, readSource, requireRows } from './read-source.ts'
import { RejectWriter } from './reject-writer.ts'

/**
 * The job of a load: detect → read → type → store → version. It may be killed anywhere and run again: everything before
 * the version's transaction is scratch of this attempt, and that transaction happens once for a load.
 */
export async function runLoad(context: CollectionContext, loadId: string, job: Pick<JobContext, 'attempt' | 'signal'>): Promise<void> {
  const load = await context.loads.find(loadId)
  if (load === undefined || load.outcome !== null || load.version !== null) return
  const progress = createProgress(context, loadId)
  const scratch = await context.workspace.makeScratch(loadId)
  const staging = context.workspace.stagingPath(loadId)
  try {
    const made = await takeIn(context, load, { scratch, staging, progress, signal: job.signal })
    await progress.settle()
    await makeVersion(context, loadId, staging, made)
  } catch (error) {
    await progress.settle()
    const failure = failureOf(error)
    // Stopped with its process: no failure of the load.
    if (job.signal.aborted) throw loggable(error)
    if (failure === undefined && job.attempt < MOST_FAILURES) throw loggable(error)
    if (failure === undefined || failure.code === 'collection/rows-lost') {
      context.log.error({ err: loggable(error), loadId, attempt: job.attempt }, 'a load failed for a reason that is not the file')
    }
    await failLoad(context, loadId, failure ?? unforeseen(error))
  } finally {
    await context.workspace.discard(scratch)
    await context.workspace.discard(staging)
  }
}

interface Attempt {
  readonly scratch: string
  readonly staging: string
  readonly progress: Progress
  readonly signal: AbortSignal
}

async function takeIn(context: CollectionContext, load: LoadRow, { scratch, staging, progress, signal }: Attempt): Promise<TakenIn> {
  const { engine, loads, workspace } = context
  const source = workspace.incomingPath(load.id)
  await loads.clearRejects(load.id)
  await progress.begin('detecting', { rows_read: 0, rows_stored: 0, rows_rejected: 0, detection: null })
  const detection = await detectSource(source, load.bytes)

  const rejects = new RejectWriter(loads, load.id)
  await progress.begin('reading', { detection: JSON.stringify(factsOf(detection)) })
  const { table, result } = await readSource(source, detection, join(scratch, 'normalised.csv'), {
    reject: (batch) => rejects.add(batch.map((one) => ({ ...one, field: null }))),
    progress: (bytesRead, rowsRead) => progress.tick(bytesRead / load.bytes, { rows_read: rowsRead, rows_rejected: rejects.total }),
    signal,
  })
  requireRows({ read: result.rowsRead, rejected: result.rowsRejected })

  const staged: Staged = await engine.stage(table)
  try {
    await progress.begin('typing', { rows_read: result.rowsRead, rows_rejected: rejects.total })
    const fields = await engine.inferTypes(staged)
    signal.throwIfAborted()
    await progress.begin('storing')
    const written = await engine.writeVersion(staged, fields, { directory: staging, reject: (batch) => rejects.add(batch) })
    await rejects.flush()
    const rowsRejected = result.rowsRejected + written.rowsRejected
    requireRows({ read: result.rowsRead, rejected: rowsRejected })
    requireSum(result.rowsRead, written.rowsStored, rowsRejected, rejects.total)
    return { written, rowsRead: result.rowsRead, rowsRejected }
  } finally {
    await engine.discard(staged)
  }
}

/** Every row that was read is stored or among the rejects; anything else is our fault and must not become a version. */
function requireSum(rowsRead: number, rowsStored: number, rowsRejected: number, rejectsSeen: number): void {
  if (rowsRead !== rowsStored + rowsRejected || rowsRejected !== rejectsSeen) {
    throw new AppError('collection/rows-lost', { rowsRead, rowsStored, rowsRejected, rejectsSeen })
  }
}
