import type { Actor, BodyOf, operations } from '@datong/contracts'
import { AppError, type Issue, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { ListsDeps } from '../context.ts'
import type { ResponsibilityStore } from './responsibility-store.ts'
import type { ResponsibilityRow } from './view.ts'

export interface ResponsibilityContext extends ListsDeps {
  readonly responsibilities: ResponsibilityStore
}

export type ResponsibilityInput = BodyOf<typeof operations.addResponsibility>

/** @throws AppError `request/invalid` for departments and entries that are not known, `lists/known-item` */
export const addResponsibility = (context: ResponsibilityContext, body: ResponsibilityInput, { actor }: Caller): Promise<ResponsibilityRow> =>
  inTransaction(context.db, (trx) => insert(trx, context, body, actor))

export async function insert(trx: Trx, context: ResponsibilityContext, body: ResponsibilityInput, actor: Actor): Promise<ResponsibilityRow> {
  const { published, issues } = await check(trx, context, body)
  if (issues.length > 0) throw new AppError('request/invalid', {}, issues)
  const row = await context.responsibilities.insert(trx, {
    id: uuidv7(context.clock, context.random), organisation: body.organisation, item: body.item.trim(), legal_basis: body.legalBasis.trim(), data_named: body.dataNamed.trim(),
    entry_code: body.entryCode, published, due_on: body.dueOn, changed_at: context.clock.now(), changed_by: actor,
  })
  await record(trx, context, row, 'added', actor)
  return row
}

/**
 * Changes an item. A provider only ties an entry of his own department to it, or unties it.
 * @throws AppError `request/not-found`, `request/conflict`, `access/forbidden`, `request/invalid`
 */
export async function changeResponsibility(context: ResponsibilityContext, id: string, body: BodyOf<typeof operations.changeResponsibility>, caller: Caller): Promise<ResponsibilityRow> {
  const { revision, reason = '', ...change } = body
  return inTransaction(context.db, async (trx) => {
    const before = await context.responsibilities.lock(trx, id)
    const steward = holds(caller, 'steward')
    if (before === undefined || (!steward && before.organisation !== caller.organisation)) throw new AppError('request/not-found')
    if (!steward && Object.keys(change).some((key) => key !== 'entryCode')) throw new AppError('access/forbidden', { operation: 'changeResponsibility' })
    if (before.revision !== revision) throw new AppError('request/conflict')
    const wanted = {
      organisation: change.organisation ?? before.organisation, item: change.item ?? before.item, legalBasis: change.legalBasis ?? before.legal_basis,
      dataNamed: change.dataNamed ?? before.data_named, dueOn: change.dueOn === undefined ? before.due_on : change.dueOn, entryCode: change.entryCode === undefined ? before.entry_code : change.entryCode,
    }
    return update(trx, context, before, wanted, caller.actor, reason)
  })
}

export async function update(trx: Trx, context: ResponsibilityContext, before: ResponsibilityRow, wanted: ResponsibilityInput, actor: Actor, reason: string): Promise<ResponsibilityRow> {
  const { published, issues } = await check(trx, context, wanted)
  if (issues.length > 0) throw new AppError('request/invalid', {}, issues)
  const row = await context.responsibilities.update(trx, before, {
    organisation: wanted.organisation, item: wanted.item.trim(), legal_basis: wanted.legalBasis.trim(), data_named: wanted.dataNamed.trim(), due_on: wanted.dueOn,
    entry_code: wanted.entryCode, published, changed_at: context.clock.now(), changed_by: actor,
  })
  await record(trx, context, row, 'changed', actor, { reason, before: { item: before.item, dataNamed: before.data_named, entryCode: before.entry_code, dueOn: before.due_on } })
  return row
}

/** @throws AppError `request/not-found` */
export async function removeResponsibility(context: ResponsibilityContext, id: string, reason: string, { actor }: Caller): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const row = await context.responsibilities.lock(trx, id)
    if (row === undefined) throw new AppError('request/not-found')
    await context.responsibilities.remove(trx, id)
    await record(trx, context, row, 'struck', actor, { reason })
  })
}

async function check(trx: Trx, { organisations, catalog }: ListsDeps, { organisation, entryCode }: ResponsibilityInput): Promise<{ published: boolean; issues: Issue[] }> {
  const issues: Issue[] = []
  if (organisations.find(organisation) === undefined) issues.push({ pointer: '/organisation', code: 'unknown-organisation', message: `没有部门“${organisation}”` })
  const entry = entryCode === null ? undefined : await catalog.find(entryCode, trx)
  if (entryCode !== null && entry?.organisation !== organisation) issues.push({ pointer: '/entryCode', code: 'unknown-entry', message: '没有这个条目，或不是该部门的条目' })
  return { published: entry?.state === 'published', issues }
}

async function record(trx: Trx, { evidence }: ListsDeps, row: ResponsibilityRow, verb: string, actor: Actor, detail: Record<string, unknown> = {}): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `lists.responsibility.${verb}`, actor, parties: [row.organisation], subject: { type: 'responsibility', id: row.id, title: row.item },
    detail: { item: row.item, dataNamed: row.data_named, legalBasis: row.legal_basis, entryCode: row.entry_code, dueOn: row.due_on, ...detail },
  })
}
