import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { DomainEvents } from '../../../platform/events.ts'
import { type CollectionContext, PLATFORM } from '../context.ts'
import { failLoad } from './fail-load.ts'
import type { Idle } from './take-in.ts'
import { letGo } from './let-go.ts'
import { recordLoad, recordVersion } from '../record.ts'

/** Profiling and grading take minutes at most; a load that waits longer was given up somewhere. */
export const PROFILING_LIMIT_MS = 2 * 3_600_000

/**
 * The catalogue has described a version: its load is done, and the version becomes the current one, unless a later one has
 * been described meanwhile, or the gate holds it back. Not before: what is not graded yet must not be delivered.
 */
export async function finishLoad(context: CollectionContext, { entryCode, version, loadId }: DomainEvents['catalog.entry-described']): Promise<void> {
  const finished = await inTransaction(context.store.db, async (trx) => {
    const before = await context.loads.lock(trx, loadId)
    if (before === undefined || before.version !== version || before.outcome === 'done') return undefined
    const current = await context.versions.lockCurrent(trx, entryCode)
    const newest = await context.versions.newestDescribed(trx, entryCode)
    const described = await context.versions.find(entryCode, version)
    const now = context.clock.now()
    const load = await context.loads.change(trx, loadId, { outcome: 'done', finished_at: now, progress: 1, error: null })
    await recordLoad(trx, context, {
      load, actor: PLATFORM, action: 'done', detail: { version, rowsRead: load.rows_read, rowsStored: load.rows_stored, rowsRejected: load.rows_rejected },
    })
    if (version <= newest) return load
    if ((await context.isHeldBack?.(entryCode, version, trx)) === true) {
      // The catalogue took its figures when it was made, and goes back to the version in use.
      const used = current === null ? undefined : await context.versions.find(entryCode, current)
      if (used !== undefined) await context.events.publish(trx, 'collection.version-used', { entryCode, version: used.number, rowCount: used.row_count, at: used.created_at.toISOString() })
      return load
    }
    await context.versions.setCurrent(trx, entryCode, version, now)
    await recordVersion(trx, context, {
      entryCode, number: version, title: load.entry_title, organisation: load.organisation, actor: PLATFORM, action: 'used', detail: { instead: current, loadId },
    })
    if (current !== null) {
      await context.events.publish(trx, 'collection.version-used', { entryCode, version, rowCount: described?.row_count ?? load.rows_stored, at: now.toISOString() })
    }
    return load
  })
  // The version holds all that was read of it, and the rejects what was not: personal data are not kept twice.
  if (finished !== undefined) await letGo(context, finished)
}

/** A load that found nothing new is done without a version. */
export async function finishIdle(context: CollectionContext, loadId: string, { idle: { rowsRead, rowsRejected, reconciliation } }: Idle): Promise<void> {
  const finished = await inTransaction(context.store.db, async (trx) => {
    const before = await context.loads.lock(trx, loadId)
    if (before === undefined || before.outcome !== null || before.version !== null || before.hold !== null) return undefined
    const load = await context.loads.change(trx, loadId, {
      outcome: 'done', finished_at: context.clock.now(), progress: 1, error: null, rows_read: rowsRead, rows_stored: rowsRead - rowsRejected, rows_rejected: rowsRejected,
      ...(reconciliation === undefined ? {} : { reconciliation: JSON.stringify(reconciliation) }),
    })
    if (reconciliation !== undefined) await context.intakes[load.kind]?.reconciled?.(trx, load, reconciliation)
    await recordLoad(trx, context, { load, actor: PLATFORM, action: 'done', detail: { rowsRead, rowsRejected } })
    return load
  })
  if (finished !== undefined) await letGo(context, finished)
}

/** Gives up loads whose version nobody described; another try starts with the profile. */
export async function failStuckLoads(context: CollectionContext): Promise<void> {
  const before = new Date(context.clock.now().getTime() - PROFILING_LIMIT_MS)
  for (const loadId of await context.loads.stuckInProfiling(before)) await failLoad(context, loadId, new AppError('server/failure'), 'profiling')
}
