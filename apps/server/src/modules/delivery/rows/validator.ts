import { createHash } from 'node:crypto'
import type { DeliveryPlan } from '../plan/plan.ts'

const shapes = new WeakMap<DeliveryPlan, string>()

/** Everything of a plan that decides the bytes of an answer besides the question and the state: version, fields, masks. */
function shapeOf(plan: DeliveryPlan): string {
  let shape = shapes.get(plan)
  if (shape === undefined) {
    const fields = [...plan.fields.values()].map(({ name, masking }) => [name, masking])
    shapes.set(plan, shape = JSON.stringify([plan.entryCode, plan.version, fields]))
  }
  return shape
}

/**
 * The `ETag` of an answer with open data, known before anything is read: a version never changes, nor does a state of one. Weak, for
 * the answer may come compressed or not.
 * @param state as of which the answer will be read
 * @param url path and query as asked
 * @see RFC 9110 section 8.8.3
 */
export const validatorOf = (plan: DeliveryPlan, state: number | null, url: string, contentType: string): string =>
  `W/"${createHash('sha256').update(`${shapeOf(plan)}${state === null ? '' : ` ${state}`}\n${contentType}\n${url}`).digest('base64url').slice(0, 24)}"`

/** Whether the caller has this answer already. */
export function isKnown(ifNoneMatch: string | undefined, validator: string): boolean {
  if (ifNoneMatch === undefined) return false
  const weakly = (tag: string): string => tag.trim().replace(/^W\//, '')
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => weakly(tag) === weakly(validator))
}
