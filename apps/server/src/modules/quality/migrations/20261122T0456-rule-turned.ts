import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Who let a rule rest, go on or end last, when and why. */
export const ruleTurnedMigration: Migration = {
  name: '20261122T0456-rule-turned',
  async up(db) {
    await sql`alter table quality.rule add column turned jsonb`.execute(db)
  },
}
