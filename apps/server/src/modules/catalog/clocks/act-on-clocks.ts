import type { BodyOf, ClockAction, operations, ResponseOf } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction, type Trx, withTables } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import { oneByOne } from '../../../platform/one-by-one.ts'
import type { CatalogContext } from '../context.ts'
import { actOnEntry } from '../life-cycle/act-on-entry.ts'
import type { ClockRow } from './clocks.ts'
import type { ClockTables } from './tables.ts'

type Input = BodyOf<typeof operations.actOnEntryClocks>

/** What the caller may do with a clock now. */
export function allowedClockActions(row: ClockRow, caller: Caller): ClockAction[] {
  if (row.stopped_at !== null || row.paused_at !== null) return []
  const steward = holds(caller, 'steward')
  const owner = holds(caller, 'provider') && caller.organisation === row.organisation
  const actions: ClockAction[] = []
  if (steward && row.waits_for === 'department') actions.push('urge')
  if (owner && row.kind === 'change' && row.extended_by === 0) actions.push('extend')
  if (steward && row.kind === 'review') actions.push('approve', 'publish')
  return actions
}

/** The same step on many clocks, one after the other, each in its own transaction. A fault of the program stops it. */
export async function actOnClocks(context: CatalogContext, action: ClockAction, { ids, reason = '' }: Input, caller: Caller): Promise<ResponseOf<typeof operations.actOnEntryClocks>> {
  const taken = await oneByOne(ids, (id) => actOnClock(context, id, action, reason, caller))
  return { items: taken.map(({ id, problem }) => ({ id, done: problem === null, problem })) }
}

async function actOnClock(context: CatalogContext, id: string, action: ClockAction, reason: string, caller: Caller): Promise<void> {
  const seen = await withTables<ClockTables>(context.db).selectFrom('catalog.clock').selectAll().where('id', '=', id).executeTakeFirst()
  const visible = seen !== undefined && (holds(caller, 'steward') || seen.organisation === caller.organisation)
  if (!visible) throw new AppError('request/not-found')
  if (action === 'approve' || action === 'publish') {
    if (seen.kind !== 'review') throw new AppError('catalog/wrong-state', { action, state: seen.kind })
    await actOnEntry(context, seen.subject_id, action, { reason }, caller)
    return
  }
  await inTransaction(context.db, async (trx) => {
    const row = await context.clocks.going(trx, seen.kind, { type: seen.subject_type, id: seen.subject_id })
    if (row === undefined || row.id !== id || !allowedClockActions(row, caller).includes(action)) throw new AppError('catalog/wrong-state', { action, state: seen.kind })
    await (action === 'urge' ? urge(trx, context, row, reason, caller) : extend(trx, context, row, reason, caller))
  })
}

async function urge(trx: Trx, context: CatalogContext, row: ClockRow, reason: string, { actor }: Caller): Promise<void> {
  const at = context.clock.now()
  await withTables<ClockTables>(trx).updateTable('catalog.clock').set({ urged_at: at }).where('id', '=', row.id).execute()
  await record(trx, context, row, 'urged', actor, { reason })
  await context.events.publish(trx, 'catalog.clock-urged', { clockId: row.id, at: at.toISOString(), reason })
}

async function extend(trx: Trx, context: CatalogContext, row: ClockRow, reason: string, { actor }: Caller): Promise<void> {
  if (reason.trim() === '') throw new AppError('catalog/invalid-entry', { code: row.subject_id }, [{ pointer: '/reason', code: 'missing', message: '延长须说明理由' }])
  const after = await context.clocks.extend(trx, row)
  await record(trx, context, row, 'extended', actor, { reason, before: row.due_at.toISOString(), after: after.due_at.toISOString() })
}

async function record(trx: Trx, { evidence }: CatalogContext, row: ClockRow, verb: string, actor: Caller['actor'], detail: Record<string, unknown>): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `catalog.clock.${verb}`, actor, parties: [row.organisation], subject: { type: row.subject_type, id: row.subject_id, title: row.title },
    detail: { clock: row.kind, ...detail },
  })
}
