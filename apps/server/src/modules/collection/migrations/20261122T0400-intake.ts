import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * Loads that are no uploads; loads that wait, because a person paused them or must look at a changed schema; how fast they go;
 * and how far those have come that go on where they were.
 */
export const intakeMigration: Migration = {
  name: '20261122T0400-intake',
  async up(db) {
    await sql`alter table collection.load
      add column kind text not null default 'upload' check (kind in ('upload', 'source', 'form', 'view')),
      add column details jsonb not null default '{}',
      add column hold text check (hold in ('paused', 'drift')),
      add column drift jsonb,
      add column rows_per_second double precision,
      add column remaining_seconds double precision,
      add column reconciliation jsonb,
      add check (hold is null or outcome is null),
      add check (hold is null or version is null)`.execute(db)
    await sql`create index load_by_source on collection.load ((details ->> 'sourceId'), id) where kind = 'source'`.execute(db)
    await sql`create constraint trigger load_hold_has_evidence after update of hold on collection.load
      deferrable initially deferred for each row when (old.hold is distinct from new.hold) execute function evidence.require_record('load', 'id')`.execute(db)
    await sql`create table collection.load_checkpoint (
      load_id uuid primary key references collection.load,
      mark jsonb not null,
      noted_at timestamptz not null
    )`.execute(db)
  },
}
