import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Which grants' files carry a mark, and by which fields: what a found file is held against. A register: the deliveries themselves are evidence. */
export const watermarkMigration: Migration = {
  name: '20261122T0301-watermark',
  async up(db) {
    await sql`create table delivery.mark (
      grant_id uuid not null,
      entry_code text not null,
      fields text[] not null check (cardinality(fields) > 0),
      first_at timestamptz not null,
      primary key (grant_id, fields)
    )`.execute(db)
  },
}
