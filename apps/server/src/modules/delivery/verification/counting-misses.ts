import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { raiseAlarm } from './alarm.ts'
import type { Who } from './miss-limits.ts'

/**
 * Finds what a grant's call asks about by a value that one has to know, and counts it as a miss when there is nothing: who
 * guesses is stopped, and the house is told. Other calls are not counted. What is there at once is given at once.
 * @throws AppError `delivery/too-many-misses`
 */
export function countingMisses<T extends { readonly found: boolean }>(context: DeliveryContext, plan: DeliveryPlan, caller: Caller, who: Who | null, find: () => T | Promise<T>): T | Promise<T> {
  const { basis } = plan
  if (basis.kind !== 'grant' || who === null) return find()
  // Counters and answers in memory are not waited for: this runs by the thousand.
  const admitted = context.misses.admit(basis.grantId, who)
  const found = admitted instanceof Promise ? admitted.then(find) : find()
  // What was there at once was answered in the moment that the call was admitted; only others can have been counted meanwhile.
  return !(found instanceof Promise) && found.found ? found : counted(context, plan, caller, basis.grantId, who, found)
}

async function counted<T extends { readonly found: boolean }>(context: DeliveryContext, plan: DeliveryPlan, caller: Caller, grantId: string, who: Who, found: T | Promise<T>): Promise<T> {
  const answer = await found
  const settled = context.misses.settle(grantId, who, answer.found)
  const reached = settled instanceof Promise ? await settled : settled
  if (reached !== null) await raiseAlarm(context, plan, caller, reached)
  return answer
}
