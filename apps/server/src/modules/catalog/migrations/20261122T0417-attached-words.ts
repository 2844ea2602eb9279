import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Words of what is attached to an entry, such as documents: found by the search, shown nowhere. */
export const attachedWordsMigration: Migration = {
  name: '20261122T0417-attached-words',
  async up(db) {
    await sql`create table catalog.attached_words (
      code text primary key references catalog.entry on update cascade on delete cascade,
      words text not null
    )`.execute(db)
  },
}
