import type { Actor } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { changeApplication } from '../change-application.ts'
import { stopClock } from '../clocks/clock.ts'
import type { SharingContext } from '../context.ts'
import { endGrant, lockWithApplication } from '../granting/end-grant.ts'
import { recordStep, sidesOf } from '../record-step.ts'

/** What a round of watching found and did. */
export interface Watched {
  readonly escalated: number
  readonly expired: number
  readonly delivered: number
  readonly lateDeliveries: number
}

const WATCH: Actor = { kind: 'system', id: 'sharing:watch', name: '时限监督', organisation: null }
/** How many of a kind one round takes; the next round takes the rest. */
const BATCH = 500

/**
 * One round: passes late applications to the bureau, ends grants after their last day, and notes deliveries that have
 * happened. Each in its own transaction under the lock of its row, so rounds may overlap, be repeated or be cut off.
 */
export async function watchDeadlines(context: SharingContext): Promise<Watched> {
  const { store, clock } = context
  const each = async (ids: readonly string[], work: (trx: Trx, id: string) => Promise<boolean>): Promise<number> => {
    let done = 0
    for (const id of ids) if (await inTransaction(context.db, (trx) => work(trx, id))) done++
    return done
  }
  return {
    escalated: await each(await store.overdue(clock.now(), BATCH), (trx, id) => escalate(trx, context, id)),
    expired: await each(await store.grantsPastEnd(chinaDay(clock.now()), BATCH), (trx, id) => expire(trx, context, id)),
    delivered: await noteDeliveries(context, each),
    // After the deliveries that have happened: what was used in time is not late.
    lateDeliveries: await each(await store.lateDeliveries(clock.now(), BATCH), (trx, id) => escalateDelivery(trx, context, id)),
  }
}

/** 逾期转主管部门: from now on the steward may decide in the silent department's place. */
async function escalate(trx: Trx, context: SharingContext, id: string): Promise<boolean> {
  const application = await context.store.lockApplication(trx, id)
  const now = context.clock.now()
  if (application === undefined || application.state !== 'submitted' || application.escalated_at !== null || application.due_at >= now) return false
  const after = await changeApplication(trx, context, application, { escalated_at: now })
  const silent = ((await context.store.opinions.ofMany([id], trx)).get(id) ?? []).filter(({ state }) => state === 'asked').map(({ organisation }) => organisation)
  await recordStep(trx, context, { application: after, actor: WATCH, action: 'escalated', detail: { silent } })
  await context.events.publish(trx, 'sharing.application-escalated', {
    applicationId: id, entryCode: after.entry_code, dueAt: after.due_at.toISOString(), ...sidesOf(after),
  })
  return true
}

/** 逾期未提供: the bureau hears of data that were granted and have not come, and may urge. */
async function escalateDelivery(trx: Trx, context: SharingContext, id: string): Promise<boolean> {
  const application = await context.store.lockApplication(trx, id)
  const now = context.clock.now()
  const clock = (await context.store.clocks.ofMany([id], trx)).get(id)?.get('delivery')
  if (application?.state !== 'approved' || application.delivery_escalated_at !== null || clock === undefined || clock.stoppedAt !== null || clock.pausedAt !== null || clock.dueAt >= now) return false
  const after = await changeApplication(trx, context, application, { delivery_escalated_at: now })
  await recordStep(trx, context, { application: after, actor: WATCH, action: 'delivery-escalated', detail: { deliveryDueAt: clock.dueAt.toISOString() } })
  await context.events.publish(trx, 'sharing.delivery-late', { applicationId: id, entryCode: after.entry_code, dueAt: clock.dueAt.toISOString(), ...sidesOf(after) })
  return true
}

async function expire(trx: Trx, context: SharingContext, id: string): Promise<boolean> {
  const grant = await lockWithApplication(trx, context, id)
  const over = grant !== undefined && (grant.state === 'active' || grant.state === 'suspended') && grant.until < chinaDay(context.clock.now())
  if (!over) return false
  await endGrant(trx, context, grant, 'expired', WATCH)
  return true
}

/** A first call or file shows that the data have come: the time of the last use seen then ends the clock. */
async function noteDeliveries(context: SharingContext, each: (ids: readonly string[], work: (trx: Trx, id: string) => Promise<boolean>) => Promise<number>): Promise<number> {
  let done = 0
  for (let after: string | null = null; ;) {
    const page: { id: string; grantId: string }[] = await context.store.undelivered(after, BATCH)
    const uses = await context.useOf(page.map(({ grantId }) => grantId))
    const used = new Map(page.flatMap(({ id, grantId }) => {
      const at = uses.get(grantId)?.lastUsedAt
      return at === undefined || at === null ? [] : [[id, at] as const]
    }))
    done += await each([...used.keys()], (trx, id) => noteDelivery(trx, context, id, used.get(id)!)) // a key of the map
    after = page.at(-1)?.id ?? null
    if (page.length < BATCH) return done
  }
}

async function noteDelivery(trx: Trx, context: SharingContext, id: string, usedAt: Date): Promise<boolean> {
  const application = await context.store.lockApplication(trx, id)
  const clock = (await context.store.clocks.ofMany([id], trx)).get(id)?.get('delivery')
  if (application === undefined || clock === undefined || clock.stoppedAt !== null) return false
  const after = await changeApplication(trx, context, application, {}, [stopClock({ ...clock, pausedAt: null }, usedAt)])
  await recordStep(trx, context, { application: after, actor: WATCH, action: 'delivered', detail: { usedAt: usedAt.toISOString() } })
  return true
}
