import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { raiseAlarm } from './alarm.ts'
import type { Who } from './miss-limits.ts'

/**
 * Finds what a grant's call asks about by a value that one has to know, and counts it as a miss when there is nothing: who
 * guesses is stopped, and the house is told. Other calls are not counted.
 * @throws AppError `delivery/too-many-misses`
 */
export async function countingMisses<T extends { readonly found: boolean }>(context: DeliveryContext, plan: DeliveryPlan, caller: Caller, who: Who | null, find: () => T | Promise<T>): Promise<T> {
  const { basis } = plan
  if (basis.kind !== 'grant' || who === null) return find()
  await context.misses.admit(basis.grantId, who)
  const answer = await find()
  const reached = await context.misses.settle(basis.grantId, who, answer.found)
  if (reached !== null) await raiseAlarm(context, plan, caller, reached)
  return answer
}
