import type { PUSH_ACTIONS } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { systemCaller } from '../forms/system-caller.ts'
import type { PushContext } from './context.ts'
import { groundOf } from './push-once.ts'
import { recordPush } from './record-push.ts'
import { pushJob } from './run-push.ts'
import type { TargetRow } from './tables.ts'

type PushAction = (typeof PUSH_ACTIONS)[number]

const FROM: Readonly<Record<PushAction, readonly TargetRow['state'][]>> = { run: ['idle', 'failed'], pause: ['idle', 'running', 'failed'], resume: ['paused'] }

/** @throws AppError `delivery/wrong-state`, and why there is no ground to go on */
export async function actOnTarget(context: PushContext, target: TargetRow, action: PushAction, caller: Caller): Promise<TargetRow> {
  const { targets, store, jobs } = context
  if (action !== 'pause') await groundOf(context, target, await systemCaller(context, target.app_id, target.maker))
  return inTransaction(store.db, async (trx) => {
    const before = await targets.lock(trx, target.id)
    if (before === undefined || !FROM[action].includes(before.state)) throw new AppError('delivery/wrong-state', { action, state: before?.state ?? 'ended' })
    if (action === 'pause') {
      await recordPush(context, trx, before, 'paused', caller.actor, { reason: 'by-hand' })
      return targets.update(trx, target.id, { state: 'paused', reason: 'by-hand', busy_until: null, next_try_at: null })
    }
    if (action === 'resume') await recordPush(context, trx, before, 'resumed', caller.actor)
    const after = await targets.update(trx, target.id, { next_try_at: null, tries: 0, ...(action === 'resume' ? { state: 'idle' as const, reason: null } : {}) })
    await jobs.enqueue(trx, pushJob, { targetId: target.id })
    return after
  })
}

/** Ends a target for good and forgets its password. */
export async function endTarget(context: PushContext, target: TargetRow, caller: Caller): Promise<TargetRow> {
  return inTransaction(context.store.db, async (trx) => {
    const before = await context.targets.lock(trx, target.id)
    if (before === undefined || before.state === 'ended') return target
    await recordPush(context, trx, before, 'ended', caller.actor)
    return context.targets.update(trx, target.id, { state: 'ended', reason: 'by-hand', password: Buffer.alloc(0), busy_until: null })
  })
}
