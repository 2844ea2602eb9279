import type { Actor, CalendarDayKind } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type JSONColumnType, sql } from 'kysely'

/** A day as the bureau set it. */
export interface SetDay {
  readonly day: string
  readonly kind: CalendarDayKind
  readonly name: string
  readonly source: string
  readonly changedAt: Date
  readonly changedBy: Actor
}

interface CalendarTables {
  'calendar.day': { day: string; kind: CalendarDayKind; name: string; source: string; changed_at: Date; changed_by: JSONColumnType<Actor> }
}

export async function readDays(db: Db | Trx): Promise<SetDay[]> {
  const rows = await withTables<CalendarTables>(db).selectFrom('calendar.day').selectAll().orderBy('day').execute()
  return rows.map(({ changed_at, changed_by, ...row }) => ({ ...row, changedAt: changed_at, changedBy: changed_by }))
}

/** Waits for others who edit, so that each records what was before. */
export const lockDays = (trx: Trx): Promise<unknown> => sql`lock table calendar.day in share row exclusive mode`.execute(trx)

export async function putDay(trx: Trx, { day, kind, name, source, changedAt, changedBy }: SetDay): Promise<void> {
  const values = { kind, name, source, changed_at: changedAt, changed_by: JSON.stringify(changedBy) }
  await withTables<CalendarTables>(trx).insertInto('calendar.day').values({ day, ...values })
    .onConflict((conflict) => conflict.column('day').doUpdateSet(values)).execute()
}

export async function removeDay(trx: Trx, day: string): Promise<void> {
  await withTables<CalendarTables>(trx).deleteFrom('calendar.day').where('day', '=', day).execute()
}
