import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { hashOf, recordAccess } from '../metering/record-access.ts'
import { isOver } from '../plan/decide.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import type { FeedContext } from './context.ts'
import { type ChangePage, readChanges } from './read-changes.ts'

/** The caller's plan as it is now. @throws AppError why there is none */
export async function currentPlan(context: Pick<FeedContext, 'plans' | 'clock'>, caller: Caller, entryCode: string): Promise<DeliveryPlan> {
  const plan = await context.plans.get(caller, entryCode)
  // A kept plan may have outlived its grant's last day.
  if (plan.basis.kind === 'grant' && isOver(plan.basis.until, context.clock)) throw new AppError('delivery/expired', { code: entryCode })
  return plan
}

/** Reads a stretch of the feed for a caller and makes it provable before it leaves. */
export async function deliverChanges(
  context: FeedContext, caller: Caller, entryCode: string, from: number, most: number,
): Promise<ChangePage & { readonly receipt: string | null }> {
  const plan = await currentPlan(context, caller, entryCode)
  const page = await readChanges(context, plan, from, most)
  const receipt = page.items.length === 0 ? null : await recordChanges(context, plan, caller, page, 'changes.read')
  return { ...page, receipt }
}

/** Evidence and metering of a stretch that is about to leave. @returns the receipt, null for open data */
export async function recordChanges(context: FeedContext, plan: DeliveryPlan, caller: Caller, page: ChangePage, action: 'changes.read' | 'changes.sent'): Promise<string | null> {
  const answer = JSON.stringify(page.items)
  return recordAccess(context, plan, caller, {
    action, fields: page.fields, conditions: [`position ${page.items[0]?.position ?? page.position}-${page.position}`], rows: page.items.filter(({ row }) => row !== null).length,
    bytes: Buffer.byteLength(answer), answerHash: hashOf(answer), version: page.version,
  })
}
