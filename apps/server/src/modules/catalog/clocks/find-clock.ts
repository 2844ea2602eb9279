import { type Db, withTables } from '@datong/metadata-store'
import type { ClockRow } from './clocks.ts'
import type { ClockTables } from './tables.ts'

/** A clock whoever asks; for the platform's own work. */
export const findClock = (db: Db, id: string): Promise<ClockRow | undefined> =>
  withTables<ClockTables>(db).selectFrom('catalog.clock').selectAll().where('id', '=', id).executeTakeFirst()
