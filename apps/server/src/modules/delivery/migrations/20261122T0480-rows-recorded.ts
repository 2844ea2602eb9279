import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** How many of the rows that a consumer's database says it has got have their evidence: what a killed push left without, the next one records. */
export const rowsRecordedMigration: Migration = {
  name: '20261122T0480-rows-recorded',
  async up(db) {
    await sql`alter table delivery.push_target add column rows_recorded bigint not null default 0`.execute(db)
    // What was pushed before was recorded at the end of each push.
    await sql`update delivery.push_target set rows_recorded = rows_done`.execute(db)
  },
}
