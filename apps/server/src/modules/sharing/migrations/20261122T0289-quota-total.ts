import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** A grant may give a number of calls in all, besides those of a second and a day. */
export const quotaTotalMigration: Migration = {
  name: '20261122T0289-quota-total',
  async up(db) {
    await sql`alter table sharing.grant add column quota_total bigint check (quota_total > 0)`.execute(db)
  },
}
