import type { Actor } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import { changeApplication } from '../change-application.ts'
import { stopClock } from '../clocks/clock.ts'
import type { SharingContext } from '../context.ts'
import { publishGrantChange, recordGrant, recordStep } from '../record-step.ts'
import type { GrantRow } from '../sharing-store.ts'

/** What a grant can come to, other than by a person's step. */
type Ending = 'expired' | 'replaced'

/** Ends a grant with evidence on it and on its application, and stops the clock of its delivery. */
export async function endGrant(
  trx: Trx, context: SharingContext, before: GrantRow, ending: Ending, actor: Actor, options: { reason?: string; replacedBy?: GrantRow } = {},
): Promise<GrantRow> {
  const { reason = '', replacedBy } = options
  const now = context.clock.now()
  const grant = await context.store.updateGrant(trx, before.id, {
    ...(before.state === 'expired' ? {} : { state: ending, ended_at: now }), ...(replacedBy === undefined ? {} : { replaced_by: replacedBy.id }),
  })
  await recordGrant(trx, context, grant, actor, ending, reason)
  await publishGrantChange(trx, context, grant)
  const application = (await context.store.lockApplication(trx, grant.application_id))! // a grant has its application
  const delivery = (await context.store.clocks.ofMany([application.id], trx)).get(application.id)?.get('delivery')
  const running = delivery !== undefined && delivery.stoppedAt === null
  const after = await changeApplication(trx, context, application, {}, running ? [stopClock(delivery, now)] : [])
  await recordStep(trx, context, {
    application: after, actor, action: `grant-${ending}`, reason, detail: { grant: grant.number, ...(replacedBy === undefined ? {} : { replacedBy: replacedBy.number }) },
  })
  return grant
}

/** Locks a grant after its application, as every step of a person does: two locks in the same order never wait for each other. */
export async function lockWithApplication(trx: Trx, { store }: SharingContext, grantId: string): Promise<GrantRow | undefined> {
  const seen = await store.findGrant(grantId, trx)
  if (seen !== undefined) await store.lockApplication(trx, seen.application_id)
  return store.lockGrant(trx, grantId)
}

/**
 * Puts a new grant in the place of the one that was renewed or changed. Two renewals of one grant: the second finds it
 * replaced.
 * @throws AppError `sharing/wrong-state` unless the old grant is active or has come to its last day
 */
export async function replaceGrant(trx: Trx, context: SharingContext, oldId: string, replacedBy: GrantRow, actor: Actor): Promise<void> {
  const old = await lockWithApplication(trx, context, oldId)
  const replaceable = old !== undefined && old.replaced_by === null && (old.state === 'active' || old.state === 'expired')
  if (!replaceable) throw new AppError('sharing/wrong-state', { action: 'approve', state: old?.state ?? '' })
  await endGrant(trx, context, old, 'replaced', actor, { replacedBy })
}
