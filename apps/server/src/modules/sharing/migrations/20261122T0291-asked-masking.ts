import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** An applicant may ask for a coarser form of a field than the entry delivers. */
export const askedMaskingMigration: Migration = {
  name: '20261122T0291-asked-masking',
  async up(db) {
    await sql`alter table sharing.application add column masking jsonb not null default '{}'`.execute(db)
  },
}
