import type { CatalogClockKind } from '@datong/contracts'
import { type Db, withTables } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { ClockRow } from './clocks.ts'
import type { ClockTables } from './tables.ts'

/** A clock whoever asks; for the platform's own work. */
export const findClock = (db: Db, id: string): Promise<ClockRow | undefined> =>
  withTables<ClockTables>(db).selectFrom('catalog.clock').selectAll().where('id', '=', id).executeTakeFirst()

/** Clocks of one kind that go, of many subjects. */
export async function clocksOf(db: Db, kind: CatalogClockKind, subjectIds: readonly string[]): Promise<ClockRow[]> {
  if (subjectIds.length === 0) return []
  return withTables<ClockTables>(db).selectFrom('catalog.clock').selectAll().where('kind', '=', kind).where('subject_id', 'in', [...subjectIds]).where('stopped_at', 'is', null).execute()
}

/** How a department kept its clocks of some kinds. */
export interface ClockRecordOf {
  readonly organisation: string
  readonly kept: number
  /** Ended late, or late now. */
  readonly missed: number
  /** Late now. */
  readonly late: number
}

/** By department: clocks that ended since an instant, and those that are late. */
export async function clockRecords(db: Db, kinds: readonly CatalogClockKind[], since: Date, now: Date): Promise<ClockRecordOf[]> {
  const late = sql<boolean>`stopped_at is null and paused_at is null and due_at < ${now}`
  return withTables<ClockTables>(db).selectFrom('catalog.clock').where('kind', 'in', [...kinds]).where(sql<boolean>`(stopped_at >= ${since} or ${late})`).groupBy('organisation').select([
    'organisation', sql<number>`count(*) filter (where outcome = 'kept')::int`.as('kept'),
    sql<number>`count(*) filter (where outcome = 'missed' or ${late})::int`.as('missed'), sql<number>`count(*) filter (where ${late})::int`.as('late'),
  ]).execute()
}
