import type { BodyOf, operations } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { compileDerived } from './compile-derived.ts'
import type { DerivedRow, DerivedStore } from './derived-store.ts'

type Definition = BodyOf<typeof operations.createDerived>['definition']

/** Plans of all inputs, in their order, for this caller. @throws AppError as `PlanCache.get` */
export const plansOf = ({ plans }: Pick<DeliveryContext, 'plans'>, caller: Caller, { sources }: Definition): Promise<DeliveryPlan[]> =>
  Promise.all(sources.map(async ({ entryCode }) => plans.get(caller, entryCode)))

const ownerOf = ({ organisation }: Caller): string => {
  if (organisation === null) throw new AppError('request/not-found')
  return organisation
}

/** @throws AppError `delivery/invalid-query`, `delivery/derived-name-taken`, and what a missing grant of an input throws */
export async function createDerived(context: DeliveryContext, store: DerivedStore, { name, title, definition }: BodyOf<typeof operations.createDerived>, caller: Caller): Promise<DerivedRow> {
  const organisation = ownerOf(caller)
  const plans = await plansOf(context, caller, definition)
  compileDerived(definition, plans, null)
  const now = context.clock.now()
  const id = uuidv7(context.clock, context.random)
  const row: DerivedRow = { id, organisation, name, title, state: 'active', version: 1, definition, created_at: now, changed_at: now, revision: 0 }
  await inTransaction(context.store.db, async (trx) => {
    await store.insert(trx, { ...row, definition: JSON.stringify(definition) })
    await keepVersion(trx, context, store, row, plans, caller, 'created')
  })
  return row
}

export async function changeDerived(context: DeliveryContext, store: DerivedStore, id: string, { title, definition, revision }: BodyOf<typeof operations.changeDerived>, caller: Caller): Promise<DerivedRow> {
  const before = await requireActive(store, id, caller)
  const plans = await plansOf(context, caller, definition)
  compileDerived(definition, plans, null)
  return inTransaction(context.store.db, async (trx) => {
    const after = await store.update(trx, id, revision, { title, definition: JSON.stringify(definition), version: before.version + 1, changed_at: context.clock.now() })
    await keepVersion(trx, context, store, after, plans, caller, 'changed')
    return after
  })
}

export async function retireDerived(context: DeliveryContext, store: DerivedStore, id: string, { reason, revision }: BodyOf<typeof operations.retireDerived>, caller: Caller): Promise<DerivedRow> {
  await requireActive(store, id, caller)
  return inTransaction(context.store.db, async (trx) => {
    const after = await store.update(trx, id, revision, { state: 'retired', changed_at: context.clock.now() })
    await record(trx, context, after, [], caller, 'retired', { reason })
    return after
  })
}

/** @throws AppError `request/not-found` alike for unknown and foreign ones, `delivery/derived-retired` */
async function requireActive(store: DerivedStore, id: string, caller: Caller): Promise<DerivedRow> {
  const row = await store.find(id, ownerOf(caller))
  if (row === undefined) throw new AppError('request/not-found')
  if (row.state === 'retired') throw new AppError('delivery/derived-retired', { name: row.name })
  return row
}

async function keepVersion(trx: Trx, context: DeliveryContext, store: DerivedStore, row: DerivedRow, plans: readonly DeliveryPlan[], caller: Caller, verb: 'created' | 'changed'): Promise<void> {
  const { definition, version, title } = row
  const receipt = await record(trx, context, row, plans.map(({ provider }) => provider), caller, verb, { version, inputs: definition.sources.map(({ entryCode }) => entryCode), definition })
  await store.insertVersion(trx, {
    derived_id: row.id, version, title, definition: JSON.stringify(definition), at: context.clock.now(), by: JSON.stringify(caller.actor), receipt_id: receipt,
  })
}

const record = (trx: Trx, { evidence }: DeliveryContext, { id, title, organisation }: DerivedRow, providers: readonly string[], { actor }: Caller, verb: string, detail: Record<string, unknown>): Promise<string> =>
  evidence.record(trx, {
    chain: 'decision', action: `delivery.derived.${verb}`, actor, parties: [...new Set([organisation, ...providers])], subject: { type: 'derived', id, title }, detail,
  })
