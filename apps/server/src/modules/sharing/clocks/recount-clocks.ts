import type { Actor } from '@datong/contracts'
import { inTransaction, type Trx, withTables } from '@datong/metadata-store'
import { changeApplication } from '../change-application.ts'
import type { SharingContext } from '../context.ts'
import { recordStep } from '../record-step.ts'
import type { SharingTables } from '../tables.ts'
import { recordOf } from './clock-store.ts'
import { recountClock } from './clock.ts'

const CALENDAR: Actor = { kind: 'system', id: 'calendar', name: '工作日历', organisation: null }

/**
 * Counts every clock that has not stopped anew by the calendar as it is now, each application in a transaction of its own
 * with its evidence. May be repeated: what ends right already stays.
 * @returns how many applications have another end now, by each department that they concern
 */
export async function recountClocks(context: SharingContext): Promise<{ organisation: string; count: number }[]> {
  const counts = new Map<string, number>()
  const going = await withTables<SharingTables>(context.db).selectFrom('sharing.clock').selectAll().where('stopped_at', 'is', null).execute()
  const now = context.clock.now()
  const moved = going.filter((row) => recountClock(recordOf(row), now, context.calendar).dueAt.getTime() !== row.due_at.getTime())
  for (const id of new Set(moved.map(({ application_id }) => application_id))) {
    for (const organisation of await inTransaction(context.db, (trx) => recount(trx, context, id))) counts.set(organisation, (counts.get(organisation) ?? 0) + 1)
  }
  return [...counts].map(([organisation, count]) => ({ organisation, count }))
}

/** @returns whom it concerns; nobody when it ends right already */
async function recount(trx: Trx, context: SharingContext, id: string): Promise<string[]> {
  const application = await context.store.lockApplication(trx, id)
  if (application === undefined) return []
  const clocks = [...((await context.store.clocks.ofMany([id], trx)).get(id)?.values() ?? [])]
  const changed = clocks.flatMap((clock) => {
    const recounted = recountClock(clock, context.clock.now(), context.calendar)
    return recounted === clock ? [] : [{ before: clock, after: recounted }]
  })
  if (changed.length === 0) return []
  const after = await changeApplication(trx, context, application, {}, changed.map((one) => one.after))
  await recordStep(trx, context, {
    application: after, actor: CALENDAR, action: 'clocks-recounted',
    detail: { clocks: changed.map((one) => ({ kind: one.after.kind, before: one.before.dueAt.toISOString(), after: one.after.dueAt.toISOString() })) },
  })
  return [...new Set([after.provider_organisation, ...after.co_owners, after.consumer_organisation])].filter((code) => code !== null)
}
