import { AppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { access } from 'node:fs/promises'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { loadJob } from './load-job.ts'
import type { LoadRow } from './load-store.ts'
import { publishMade } from '../versions/make-version.ts'
import { overallProgress } from './progress.ts'
import { recordLoad } from '../record.ts'

/**
 * Starts a failed load again: from the stored file, or, when its version was made already, from the profile.
 * @throws AppError `request/not-found`, `collection/wrong-state`, `collection/file-gone`, `collection/load-under-way`
 */
export async function retryLoad(context: CollectionContext, loadId: string, caller: Caller): Promise<LoadRow> {
  return inTransaction(context.store.db, async (trx) => {
    const before = await context.loads.lock(trx, loadId)
    if (before === undefined || before.organisation !== caller.organisation) throw new AppError('request/not-found')
    if (before.outcome !== 'failed') throw new AppError('collection/wrong-state', { state: before.outcome ?? before.phase })
    const phase = before.version === null ? 'received' : 'profiling'
    if (before.version === null && before.kind !== 'upload') await requireNoOther(trx, context, before)
    const load = await context.loads.change(trx, loadId, { outcome: null, finished_at: null, error: null, phase, progress: overallProgress(phase, 0) })
    await recordLoad(trx, context, { load, actor: caller.actor, action: 'retried' })
    if (load.version === null) {
      // Other kinds fetch anew what they have not kept.
      if (load.kind === 'upload' && !(await exists(context.workspace.incomingPath(loadId)))) throw new AppError('collection/file-gone')
      await context.jobs.enqueue(trx, loadJob, { loadId })
    } else {
      const version = await context.versions.find(load.entry_code, load.version)
      if (version === undefined) throw new Error(`load ${loadId} names a version that does not exist`)
      await publishMade(trx, context, load, version.manifest, version.created_at)
    }
    return load
  })
}

/** @throws AppError `collection/load-under-way` */
async function requireNoOther(trx: Trx, { loads }: CollectionContext, { entry_code }: LoadRow): Promise<void> {
  await loads.lockEntry(trx, entry_code)
  const other = await loads.underWay(trx, entry_code)
  if (other !== undefined) throw new AppError('collection/load-under-way', { load: other, entry: entry_code })
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false)
