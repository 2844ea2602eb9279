import type { SourceAction, SourceState } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { isCaptured } from '../capture/capture-store.ts'
import type { CollectionContext } from '../context.ts'
import { beginSourceLoad } from './begin-source-load.ts'
import { recordSource } from './record-source.ts'
import { nextRun } from './schedule.ts'
import type { SourceRow } from './source-tables.ts'

/** What may be done with a source now. */
export function allowedSourceActions({ state, mode }: Pick<SourceRow, 'state' | 'mode'>): SourceAction[] {
  if (state === 'removed') return []
  return [...(mode === 'changes' ? [] : ['run', 'run-fully'] as const), state === 'active' ? 'pause' : 'activate', 'remove']
}

const BECOMES: Partial<Record<SourceAction, SourceState>> = { pause: 'paused', activate: 'active', remove: 'removed' }

/**
 * Loads a source, pauses or activates its schedule, or removes it. What a removed source brought stays; a load that is under way
 * goes on to its end.
 * @throws AppError `request/not-found`, `collection/wrong-state`, `collection/load-under-way`, `collection/capture-exists` when its changes are still taken
 */
export async function actOnSource(context: CollectionContext, id: string, action: SourceAction, reason: string, caller: Caller): Promise<{ source: SourceRow; loadId: string | null }> {
  const { sources, clock, sealer } = context
  return inTransaction(context.store.db, async (trx) => {
    const source = await sources.lock(trx, id)
    if (source === undefined || source.organisation !== caller.organisation) throw new AppError('request/not-found')
    if (!allowedSourceActions(source).includes(action)) throw new AppError('collection/wrong-state', { action, state: source.state })
    // What the source keeps for its capture can only be dropped while it can be reached.
    if (action === 'remove' && (await isCaptured(trx, id))) throw new AppError('collection/capture-exists', { object: source.name })
    const state = BECOMES[action]
    if (state === undefined) {
      const loadId = await beginSourceLoad(trx, context, source, { actor: caller.actor, fully: action === 'run-fully' })
      return { source: (await sources.find(id, trx)) ?? source, loadId }
    }
    const after = await sources.change(trx, id, {
      state, next_run_at: state === 'active' ? nextRun(source.schedule, clock.now()) : null,
      // Secrets of others are not kept longer than they are needed.
      ...(state === 'removed' ? { secrets: sealer.seal('{}', 'nothing'), secret_names: [] } : {}),
    })
    await recordSource(trx, context, { source: after, actor: caller.actor, action: state, detail: reason === '' ? {} : { reason } })
    return { source: after, loadId: null }
  })
}
