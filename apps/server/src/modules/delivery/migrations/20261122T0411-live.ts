import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * Serving tables that move on within a version: which capture they follow, with which change they began, how far they have come,
 * and what did not fit. The table of the version before stays for those who are reading it.
 */
export const liveMigration: Migration = {
  name: '20261122T0411-live',
  async up(db) {
    await sql`alter table delivery.serving
      add column capture_id uuid,
      add column epoch integer,
      add column key text[],
      add column source_columns text[],
      add column base bigint,
      add column through bigint,
      add column next_row bigint,
      add column stuck_at bigint,
      add check ((capture_id is null) = (epoch is null and key is null and source_columns is null and base is null and through is null and next_row is null))`.execute(db)
    await sql`create index serving_by_capture on delivery.serving (capture_id) where capture_id is not null`.execute(db)
  },
}
