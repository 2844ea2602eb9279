import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Documents and images kept beside an entry's rows, with the words that were found in them. */
export const objectsMigration: Migration = {
  name: '20261122T0417-objects',
  async up(db) {
    await sql`create table collection.object (
      id uuid primary key,
      entry_code text not null,
      organisation text not null,
      title text not null,
      file_name text not null,
      kind text not null,
      bytes bigint not null check (bytes >= 0),
      sha256 text not null,
      path text not null unique,
      grade text not null,
      state text not null check (state in ('kept', 'removed')),
      pages integer,
      properties jsonb not null,
      words text not null,
      at timestamptz not null,
      by jsonb not null
    )`.execute(db)
    await sql`create index object_by_entry on collection.object (entry_code, id)`.execute(db)
    await sql`create constraint trigger object_has_evidence after insert or update of state, grade on collection.object
      deferrable initially deferred for each row execute function evidence.require_record('object', 'id')`.execute(db)
  },
}
