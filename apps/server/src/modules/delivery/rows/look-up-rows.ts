import { hash } from 'node:crypto'
import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { raiseAlarm } from '../verification/alarm.ts'
import { readRows } from './read-rows.ts'
import type { RowPage } from './row-page.ts'
import type { RowQuery } from './row-query.ts'

/**
 * One page of rows, as `readRows`. When a grant's call looks rows up by a value that delivery masks, finding nothing is a
 * miss, as in verification: who guesses numbers is stopped, and the house is told.
 * @throws AppError `delivery/too-many-misses`, `request/invalid-cursor`
 */
export async function lookUpRows(context: DeliveryContext, plan: DeliveryPlan, query: RowQuery, caller: Caller, signal?: AbortSignal): Promise<RowPage> {
  const { basis } = plan
  const guessed = basis.kind === 'grant' ? query.filters.filter(({ field }) => plan.fields.get(field)?.mask != null) : []
  if (basis.kind !== 'grant' || guessed.length === 0) return readRows(context, plan, query, signal)
  // Stands for the person or thing asked about in counters, without saying who it is.
  const identifier = (): string => hash('sha256', JSON.stringify(guessed), 'base64url')
  await context.misses.admit(basis.grantId, identifier)
  const page = await readRows(context, plan, query, signal)
  const reached = await context.misses.settle(basis.grantId, identifier, page.count > 0)
  if (reached !== null) await raiseAlarm(context, plan, caller, reached)
  return page
}
