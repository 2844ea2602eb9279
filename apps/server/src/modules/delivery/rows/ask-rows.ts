import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import { readRows, stateOf } from './read-rows.ts'
import { parseRowQuery } from './row-query.ts'

/**
 * Reads one row of an entry as a call of its own department would: decided, planned, read where calls read. Nothing leaves: it tells
 * whether the interface works.
 * @throws what such a call would have met
 */
export async function askRows(context: DeliveryContext, entryCode: string, signal: AbortSignal): Promise<void> {
  const organisation = (await context.catalog.find(entryCode))?.organisation ?? null
  const caller: Caller = { actor: { kind: 'system', id: 'endpoint-check', name: '接口检查', organisation }, roles: ['provider'], organisation, keyId: null }
  const plan = await context.plans.get(caller, entryCode)
  await readRows(context, plan, { ...parseRowQuery({ limit: 1 }, plan), state: stateOf(plan) }, { signal })
}
