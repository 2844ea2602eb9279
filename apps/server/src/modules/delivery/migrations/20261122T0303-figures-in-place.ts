import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Room in the pages of figures that are added to all day long: a changed row stays where it is, and no index is touched. */
export const figuresInPlaceMigration: Migration = {
  name: '20261122T0303-figures-in-place',
  async up(db) {
    await sql`alter table delivery.usage set (fillfactor = 60)`.execute(db)
    await sql`alter table delivery.call_figure set (fillfactor = 60)`.execute(db)
  },
}
