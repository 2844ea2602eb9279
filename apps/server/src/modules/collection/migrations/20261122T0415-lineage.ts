import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** What a version was made of. None on versions from before: they are their file, read as it stands. */
export const lineageMigration: Migration = {
  name: '20261122T0415-lineage',
  async up(db) {
    await sql`alter table collection.version add column lineage jsonb`.execute(db)
  },
}
