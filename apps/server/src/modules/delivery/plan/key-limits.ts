import type { Scope } from '@datong/contracts'
import { AppError, GRADES } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryDeps } from '../deps.ts'
import type { DeliveryPlan } from './plan.ts'

/**
 * Holds a call against the limits of its key. People and the public have none.
 * @throws AppError `delivery/out-of-scope` when the key is for other forms of delivery, or for other entries
 */
export function requireScope(caller: Caller, scope: Scope, entryCode: string): void {
  const form = caller.scopes?.includes(scope) ?? true
  const entry = caller.entryCodes?.has(entryCode) ?? true
  if (!form || !entry) throw new AppError('delivery/out-of-scope', { scope, code: entryCode })
}

/** The strictest grade of the fields of a plan, as its index; looked up once, for plans are kept. */
const strictest = new WeakMap<DeliveryPlan, number>()

/**
 * Holds a call with a key against the grade from which on such calls must be signed. A masked field counts with its own
 * grade. People in the console have a session instead; nothing is asked of them.
 * @throws AppError `delivery/signature-required`
 */
export function requireSigned({ signaturesFrom: from }: Pick<DeliveryDeps, 'signaturesFrom'>, plan: DeliveryPlan, caller: Caller): void {
  if (from === null || caller.keyId === null || caller.signed === true) return
  let grade = strictest.get(plan)
  if (grade === undefined) strictest.set(plan, (grade = Math.max(-1, ...[...plan.fields.values()].map((field) => GRADES.indexOf(field.grade)))))
  if (grade >= GRADES.indexOf(from)) throw new AppError('delivery/signature-required', { code: plan.entryCode, grade: GRADES[grade] ?? from })
}
