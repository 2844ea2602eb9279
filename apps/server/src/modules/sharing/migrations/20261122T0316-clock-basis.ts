import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** From where the end of a clock is counted, so that it can be counted anew. Ends from before stay as they are. */
export const clockBasisMigration: Migration = {
  name: '20261122T0316-clock-basis',
  async up(db) {
    await sql`alter table sharing.clock disable trigger clock_has_evidence`.execute(db)
    await sql`alter table sharing.clock add column counts_from timestamptz, add column counts_days integer`.execute(db)
    await sql`update sharing.clock set counts_from = due_at, counts_days = 0`.execute(db)
    await sql`alter table sharing.clock alter column counts_from set not null, alter column counts_days set not null`.execute(db)
    await sql`alter table sharing.clock enable trigger clock_has_evidence`.execute(db)
  },
}
