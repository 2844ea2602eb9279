import type { Filter } from '@datong/data-engine'
import { hash } from 'node:crypto'
import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { countingMisses } from '../verification/counting-misses.ts'
import { type Who, whoOf } from '../verification/miss-limits.ts'
import { readRows } from './read-rows.ts'
import type { RowPage } from './row-page.ts'
import type { RowQuery } from './row-query.ts'

/** Who is asked about when rows are looked up by a value that delivery masks: finding nothing is a miss then, as in verification. */
export function whoIn(plan: DeliveryPlan, { filters }: RowQuery): Who | null {
  const guessed = filters.filter(({ field }) => plan.fields.get(field)?.mask != null)
  return guessed.length === 0 ? null : whoOf(guessed, nameOf)
}

const nameOf = (guessed: readonly Filter[]): string => hash('sha256', JSON.stringify(guessed), 'base64url')

/**
 * One page of rows, as `readRows`, its misses counted.
 * @throws AppError `delivery/too-many-misses`, `request/invalid-cursor`
 */
export const lookUpRows = async (context: DeliveryContext, plan: DeliveryPlan, query: RowQuery, caller: Caller, signal: AbortSignal): Promise<RowPage> =>
  countingMisses(context, plan, caller, whoIn(plan, query), () => readRows(context, plan, query, { signal }))
