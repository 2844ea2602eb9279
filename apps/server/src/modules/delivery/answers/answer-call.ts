import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import { kindOf } from '../metering/record-access.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { countingMisses } from '../verification/counting-misses.ts'
import type { Who } from '../verification/miss-limits.ts'
import type { Answer } from './answer.ts'

/** A call that was understood: whom it asks about, and how its answer is found. */
export interface Question {
  readonly who: Who | null
  answer(): Promise<Omit<Answer, 'who'>>
}

/**
 * Answers a call, from memory and at once when the same was answered under the plan moments ago. Misses count either way.
 * @param call tells the call from all others under the plan: its form, its question and the state that is read
 * @param kept for who has looked already
 * @throws AppError `delivery/too-many-misses`, and what the question throws
 */
export function answerCall(context: DeliveryContext, plan: DeliveryPlan, caller: Caller, call: string, understand: () => Question | Promise<Question>, kept = context.answers.find(plan, call)): Answer | Promise<Answer> {
  if (kept !== undefined) return countingMisses(context, plan, caller, kept.who, () => kept)
  return answerAnew(context, plan, caller, call, understand)
}

async function answerAnew(context: DeliveryContext, plan: DeliveryPlan, caller: Caller, call: string, understand: () => Question | Promise<Question>): Promise<Answer> {
  const { who, answer: find } = await understand()
  return countingMisses(context, plan, caller, who, async () => {
    const found = await find()
    const answer = { ...found, who, kind: kindOf(found) }
    // A person's plan is made for each call, so nothing would find what was kept under it.
    if (caller.actor.kind !== 'user') context.answers.keep(plan, call, answer)
    return answer
  })
}
