import type { CatalogClockKind } from '@datong/contracts'
import { type Db, withTables } from '@datong/metadata-store'
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
