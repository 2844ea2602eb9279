import type { LoadAction } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { recordLoad } from '../record.ts'
import type { LoadDrift } from '../tables.ts'
import { letGo } from './let-go.ts'
import { loadJob } from './load-job.ts'
import type { LoadRow } from './load-store.ts'

/** An attempt that is to stop notices within half a second. */
const NOTICED_AFTER_MS = 1_500

/** What may be done with a load now. Once its rows are stored it only waits for its profile. */
function allowedLoadActions({ outcome, version, hold, kind }: Pick<LoadRow, 'outcome' | 'version' | 'hold' | 'kind'>): LoadAction[] {
  if (outcome !== null || version !== null) return []
  if (hold === 'drift') return ['accept', ...(kind === 'source' ? ['split'] as const : []), 'give-up']
  return [hold === 'paused' ? 'resume' : 'pause', 'give-up']
}

interface Deed {
  readonly trx: Trx
  readonly context: CollectionContext
  readonly load: LoadRow
}

const DEEDS: Readonly<Record<LoadAction, (deed: Deed) => Promise<LoadRow>>> = {
  pause: ({ trx, context, load }) => context.loads.change(trx, load.id, { hold: 'paused', rows_per_second: null, remaining_seconds: null }),
  resume: goOn,
  accept: (deed) => settle(deed, 'accepted'),
  split: (deed) => settle(deed, 'split'),
  'give-up': ({ trx, context, load }) => context.loads.change(trx, load.id, {
    hold: null, outcome: 'failed', finished_at: context.clock.now(),
    error: JSON.stringify({ code: 'collection/given-up', detail: 'The load was given up.', params: {}, errors: [] }),
  }),
}

/**
 * Pauses a load, lets it go on, gives it up, or decides about its changed schema. A paused source goes on where it was.
 * @throws AppError `request/not-found`, `collection/wrong-state`
 */
export async function actOnLoad(context: CollectionContext, id: string, action: LoadAction, reason: string, caller: Caller): Promise<LoadRow> {
  const after = await inTransaction(context.store.db, async (trx) => {
    const load = await context.loads.lock(trx, id)
    if (load === undefined || load.organisation !== caller.organisation) throw new AppError('request/not-found')
    if (!allowedLoadActions(load).includes(action)) throw new AppError('collection/wrong-state', { action, state: load.hold ?? load.outcome ?? load.phase })
    const changed = await DEEDS[action]({ trx, context, load })
    await recordLoad(trx, context, { load: changed, actor: caller.actor, action: DONE[action], detail: reason === '' ? {} : { reason } })
    return changed
  })
  if (action === 'give-up') await letGo(context, after)
  return after
}

const DONE: Readonly<Record<LoadAction, string>> = { pause: 'paused', resume: 'resumed', accept: 'accepted', split: 'split-asked', 'give-up': 'given-up' }

async function settle(deed: Deed, settled: 'accepted' | 'split'): Promise<LoadRow> {
  const { drift } = deed.load
  if (drift === null) throw new AppError('collection/wrong-state', { state: deed.load.phase })
  const decided: LoadDrift = { ...drift, settled }
  await deed.context.loads.change(deed.trx, deed.load.id, { drift: JSON.stringify(decided) })
  return goOn(deed)
}

async function goOn({ trx, context, load }: Deed): Promise<LoadRow> {
  await context.jobs.enqueue(trx, loadJob, { loadId: load.id }, { startAfter: new Date(context.clock.now().getTime() + (load.hold === 'paused' ? NOTICED_AFTER_MS : 0)) })
  return context.loads.change(trx, load.id, { hold: null })
}
