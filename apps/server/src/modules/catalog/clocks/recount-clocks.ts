import type { Actor } from '@datong/contracts'
import { inTransaction, withTables } from '@datong/metadata-store'
import { recountClock } from '../../../platform/working-clock.ts'
import type { CatalogContext } from '../context.ts'
import { clockOf } from './clocks.ts'
import type { ClockTables } from './tables.ts'

const CALENDAR: Actor = { kind: 'system', id: 'calendar', name: '工作日历', organisation: null }

/**
 * Counts every clock that has not stopped anew by the calendar as it is now, each with its evidence. May be repeated: what
 * ends right already stays.
 * @returns how many have another end now, by department
 */
export async function recountClocks(context: CatalogContext): Promise<{ organisation: string; count: number }[]> {
  const { db, clocks, clock, calendar, evidence } = context
  const counts = new Map<string, number>()
  const going = await withTables<ClockTables>(db).selectFrom('catalog.clock').selectAll().where('stopped_at', 'is', null).execute()
  for (const seen of going) {
    if (recountClock(clockOf(seen), clock.now(), calendar).dueAt.getTime() === seen.due_at.getTime()) continue
    const moved = await inTransaction(db, async (trx) => {
      const row = await clocks.going(trx, seen.kind, { type: seen.subject_type, id: seen.subject_id })
      if (row === undefined) return false
      const after = await clocks.keep(trx, row, recountClock(clockOf(row), clock.now(), calendar))
      await evidence.record(trx, {
        chain: 'decision', action: 'catalog.clock.recounted', actor: CALENDAR, parties: [row.organisation],
        subject: { type: row.subject_type, id: row.subject_id, title: row.title },
        detail: { clock: row.kind, before: row.due_at.toISOString(), after: after.due_at.toISOString() },
      })
      return true
    })
    if (moved) counts.set(seen.organisation, (counts.get(seen.organisation) ?? 0) + 1)
  }
  return [...counts].map(([organisation, count]) => ({ organisation, count }))
}
