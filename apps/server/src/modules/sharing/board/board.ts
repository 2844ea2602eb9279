import type { operations, QueryOf, ResponseOf } from '@datong/contracts'
import { dueAfterWorkingDays } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { viewClock } from '../clocks/clock.ts'
import type { SharingContext } from '../context.ts'
import { sightOf } from '../sight.ts'
import { organisationOf } from '../viewing/parts.ts'
import { createBoardStore } from './board-store.ts'

/** Due within this many working days counts as soon. */
export const SOON_WORKING_DAYS = 3

/** Every clock that runs or stands still, late ones first; a department sees those of its own data. */
export async function readBoard(context: SharingContext, query: QueryOf<typeof operations.sharingBoard>, caller: Caller): Promise<ResponseOf<typeof operations.sharingBoard>> {
  const { clock, calendar } = context
  const now = clock.now()
  const sight = sightOf(caller)
  const mine = sight.kind === 'organisation' ? { ...sight, side: 'provider' as const } : sight
  const store = createBoardStore(context.db, context.cursors)
  const [{ rows, total, nextCursor }, departments, inMediation] = await Promise.all([
    store.clocks(query, mine, now), store.departments(mine, now, dueAfterWorkingDays(now, SOON_WORKING_DAYS, calendar)), store.inMediation(mine),
  ])
  return {
    items: rows.map((row) => ({
      applicationId: row.id, number: row.number, entryCode: row.entry_code, entryTitle: row.entry_title, consumer: organisationOf(context, row.consumer_organisation),
      provider: organisationOf(context, row.provider_organisation), waitingFor: row.waiting.map((code) => organisationOf(context, code)), state: row.state,
      clock: viewClock(row.clock, now, calendar), escalatedAt: row.escalated_at?.toISOString() ?? null, urgedAt: row.urged_at?.toISOString() ?? null,
    })),
    nextCursor, total, inMediation,
    departments: departments.map(({ organisation, ...counts }) => ({ department: organisationOf(context, organisation), ...counts })),
  }
}
