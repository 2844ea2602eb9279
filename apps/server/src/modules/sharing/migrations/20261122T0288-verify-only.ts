import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** 核验: a third form in which data can be asked for. What was granted so far gives values. */
export const verifyOnlyMigration: Migration = {
  name: '20261122T0288-verify-only',
  async up(db) {
    await sql`alter table sharing.application drop constraint application_delivery_check`.execute(db)
    await sql`alter table sharing.application add constraint application_delivery_check check (delivery in ('api', 'file', 'verify'))`.execute(db)
    await sql`alter table sharing.grant add column verify_only boolean not null default false`.execute(db)
  },
}
