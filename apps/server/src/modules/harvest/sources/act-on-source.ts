import type { Actor, HarvestAction, HarvestSourceState } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { HarvestContext } from '../deps.ts'
import { queueRun, runJob } from '../running/queue-run.ts'
import type { RunRow, SourceRow } from '../tables.ts'
import { allowedActions } from './allowed-actions.ts'
import { recordRun, recordSource } from './record-source.ts'
import { afterSchedule } from './schedule.ts'

interface Deed {
  readonly trx: Trx
  readonly context: HarvestContext
  readonly source: SourceRow
  readonly run: RunRow | undefined
  readonly actor: Actor
  readonly reason: string
}

/**
 * Runs, stops, resumes, accepts, pauses, activates or removes. Entries of a removed source stay as they are.
 * @throws AppError `request/not-found`, `harvest/not-now`
 */
export function actOnSource(context: HarvestContext, id: string, action: HarvestAction, reason: string, caller: Caller): Promise<SourceRow> {
  return inTransaction(context.db, async (trx) => {
    const source = await context.store.lockSource(trx, id)
    if (source === undefined) throw new AppError('request/not-found')
    const run = await context.store.latestRun(trx, id)
    if (!allowedActions(source, run).includes(action)) throw new AppError('harvest/not-now', { action })
    return DEEDS[action]({ trx, context, source, run, actor: caller.actor, reason })
  })
}

const DEEDS: Readonly<Record<HarvestAction, (deed: Deed) => Promise<SourceRow>>> = {
  run: async ({ trx, context, source }) => {
    await queueRun(trx, context, source, 'as-due')
    return source
  },
  'run-fully': async ({ trx, context, source }) => {
    await queueRun(trx, context, source, 'full')
    return source
  },
  resume: async ({ trx, context, source, run }) => {
    await again(trx, context, source, run!) // only a run that broke off may be resumed
    return source
  },
  accept: async (deed) => {
    await recordRun(deed.trx, deed.context, { source: deed.source, run: deed.run!, actor: deed.actor, action: 'accepted', reason: deed.reason }) // only a held run may be accepted
    await again(deed.trx, deed.context, deed.source, deed.run!)
    return deed.source
  },
  stop: async ({ trx, context, source, run, actor, reason }) => {
    const receipt = await recordRun(trx, context, { source, run: run!, actor, action: 'stopped', reason }) // only a run that goes on may be stopped
    await context.store.updateRun(trx, run!.id, { state: 'stopped', ended_at: context.clock.now(), receipt_id: receipt })
    return source
  },
  pause: (deed) => become(deed, 'paused'),
  activate: (deed) => become(deed, 'active'),
  remove: (deed) => become(deed, 'removed'),
}

/** The same run goes on where it was. What vanished was seen by who accepts it, so the number found is what may go. */
async function again(trx: Trx, context: HarvestContext, source: SourceRow, run: RunRow): Promise<void> {
  await context.store.updateRun(trx, run.id, { state: 'queued', ended_at: null, failure: null })
  await context.jobs.enqueue(trx, runJob, { runId: run.id }, { key: source.id })
}

async function become({ trx, context, source, actor, reason }: Deed, state: HarvestSourceState): Promise<SourceRow> {
  const next = state === 'active' ? afterSchedule(source.schedule, context.clock.now()) : null
  const after = await context.store.updateSource(trx, source.id, { state, next_run_at: next })
  await recordSource(trx, context, { source: after, actor, action: state, reason })
  return after
}
