import type { BodyOf, operations, ViewInputRef } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { buildView, orderBuild } from './build-view.ts'
import type { ViewRow } from './tables.ts'
import { prepareView, type PreparedView } from './view-inputs.ts'

type Definition = { readonly sql: string; readonly inputs: readonly ViewInputRef[] }

/**
 * Drafts an entry of the caller's department for a query over what it may read, and builds it.
 * @throws AppError `collection/view-refused`, `data-engine/query-refused`; for an input what reading its rows would throw
 */
export async function createView(context: CollectionContext, { title, layer, sql, inputs }: BodyOf<typeof operations.createView>, caller: Caller): Promise<ViewRow> {
  const { organisation } = caller
  if (organisation === null) throw new AppError('request/invalid', {}, [{ pointer: '', code: 'none', message: '您的账号不属于任何部门，不能建立视图' }])
  const prepared = await requireRunnable(context, { sql, inputs }, organisation)
  return inTransaction(context.store.db, async (trx) => {
    const entry = await context.catalog.draft(trx, { title, organisation, actor: caller.actor })
    const now = context.clock.now()
    const row: ViewRow = {
      id: uuidv7(context.clock, context.random), entry_code: entry.code, organisation, title, layer, state: 'active', sql, inputs: [...inputs], version: 1, floor: prepared.floor, tried: null,
      created_at: now, changed_at: now, revision: 0,
    }
    await context.views.insert(trx, { ...row, inputs: JSON.stringify(inputs), tried: null })
    await keepDefinition(trx, context, row, prepared, caller, 'created')
    await orderBuild(trx, context, row, caller.actor)
    return row
  })
}

/** @throws AppError as `createView`; `collection/view-cycle` when the view would read itself, `collection/wrong-state` when it is retired */
export async function changeView(context: CollectionContext, code: string, { sql, inputs, revision }: BodyOf<typeof operations.changeView>, caller: Caller): Promise<ViewRow> {
  const before = await requireView(context, code, caller)
  if (before.state === 'retired') throw new AppError('collection/wrong-state', { state: before.state })
  await refuseCycle(context, before.entry_code, inputs)
  const prepared = await requireRunnable(context, { sql, inputs }, before.organisation)
  const row = await inTransaction(context.store.db, async (trx) => {
    const after = await context.views.update(trx, before.id, revision, { sql, inputs: JSON.stringify(inputs), version: before.version + 1, changed_at: context.clock.now() })
    await keepDefinition(trx, context, after, prepared, caller, 'changed')
    return after
  })
  await buildView(context, row, caller.actor)
  return row
}

/** @throws AppError `collection/load-under-way`; `collection/wrong-state` */
export async function actOnView(context: CollectionContext, code: string, action: 'rebuild' | 'retire' | 'resume', reason: string | undefined, caller: Caller): Promise<ViewRow> {
  const before = await requireView(context, code, caller)
  if ((before.state === 'retired') !== (action === 'resume')) throw new AppError('collection/wrong-state', { state: before.state })
  if (action === 'rebuild') {
    await inTransaction(context.store.db, (trx) => orderBuild(trx, context, before, caller.actor))
    return before
  }
  const row = await inTransaction(context.store.db, async (trx) => {
    const after = await context.views.update(trx, before.id, before.revision, { state: action === 'retire' ? 'retired' : 'active', changed_at: context.clock.now() })
    await record(trx, context, after, [], caller, action === 'retire' ? 'retired' : 'resumed', { reason: reason ?? '' })
    return after
  })
  if (action === 'resume') await buildView(context, row, caller.actor)
  return row
}

/** The view of an entry of the caller's own department. @throws AppError `request/not-found` alike for all others */
async function requireView(context: CollectionContext, code: string, caller: Caller): Promise<ViewRow> {
  const entry = await context.catalog.requireOwned(code, caller)
  const row = await context.views.ofEntry(entry.code)
  if (row === undefined) throw new AppError('request/not-found')
  return row
}

/** The query over what the department may read, taken by the engine too. */
async function requireRunnable(context: CollectionContext, definition: Definition, organisation: string): Promise<PreparedView> {
  const prepared = await prepareView(context, definition, organisation)
  await context.engine.describeQuery(prepared.query)
  return prepared
}

async function refuseCycle(context: CollectionContext, code: string, inputs: readonly ViewInputRef[]): Promise<void> {
  const seen = new Set<string>()
  let next = inputs.map(({ entryCode }) => entryCode)
  while (next.length > 0) {
    if (next.includes(code)) throw new AppError('collection/view-cycle', { code })
    next.forEach((one) => seen.add(one))
    const views = await context.views.ofEntries(next)
    next = [...new Set(views.flatMap((view) => view.inputs.map(({ entryCode }) => entryCode)))].filter((one) => !seen.has(one))
  }
}

async function keepDefinition(trx: Trx, context: CollectionContext, row: ViewRow, prepared: PreparedView, caller: Caller, verb: 'created' | 'changed'): Promise<void> {
  const { sql, inputs, version, entry_code: entryCode } = row
  const providers = prepared.inputs.map(({ provider }) => provider)
  const receipt = await record(trx, context, row, providers, caller, verb, { entryCode, definition: version, inputs, sql, floor: prepared.floor })
  await context.views.insertVersion(trx, { view_id: row.id, version, sql, inputs: JSON.stringify(inputs), at: context.clock.now(), by: JSON.stringify(caller.actor), receipt_id: receipt })
}

const record = (trx: Trx, { evidence }: CollectionContext, { id, title, organisation }: ViewRow, providers: readonly string[], { actor }: Caller, verb: string, detail: Record<string, unknown>): Promise<string> =>
  evidence.record(trx, {
    chain: 'decision', action: `collection.view.${verb}`, actor, parties: [...new Set([organisation, ...providers])], subject: { type: 'view', id, title }, detail,
  })
