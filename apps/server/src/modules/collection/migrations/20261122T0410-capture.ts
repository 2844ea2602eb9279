import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * Tables whose changes are taken as their sources commit them, the changes, and which change each version ends with. States
 * need evidence; how far a capture is does not.
 */
export const captureMigration: Migration = {
  name: '20261122T0410-capture',
  async up(db) {
    await sql`create table collection.capture (
      id uuid primary key,
      source_id uuid not null,
      entry_code text not null,
      organisation text not null,
      object text not null,
      state text not null check (state in ('starting', 'running', 'paused', 'held', 'ended')),
      failure jsonb,
      shape jsonb not null,
      epoch integer not null default 0,
      position text,
      seq bigint not null default 0,
      packed_version integer,
      packed_seq bigint not null default 0,
      packed_at timestamptz,
      pack_soon boolean not null default false,
      pack_minutes integer not null,
      load_id uuid references collection.load,
      last_committed_at timestamptz,
      last_taken_at timestamptz,
      heard_at timestamptz,
      created_at timestamptz not null,
      created_by jsonb not null,
      check (packed_seq <= seq),
      check (state <> 'running' or position is not null)
    )`.execute(db)
    await sql`create unique index capture_of_entry on collection.capture (entry_code) where state <> 'ended'`.execute(db)
    await sql`create unique index capture_of_source on collection.capture (source_id) where state <> 'ended'`.execute(db)
    await sql`create constraint trigger capture_has_evidence after insert or update of state on collection.capture
      deferrable initially deferred for each row execute function evidence.require_record('capture', 'id')`.execute(db)
    await sql`create table collection.capture_version (
      capture_id uuid not null references collection.capture,
      version integer not null,
      epoch integer not null,
      seq bigint not null,
      primary key (capture_id, version)
    )`.execute(db)
    await sql`create table collection.change (
      capture_id uuid not null references collection.capture,
      seq bigint not null,
      epoch integer not null,
      op "char" not null check (op in ('u', 'd', 't')),
      key jsonb not null,
      row jsonb,
      committed_at timestamptz not null,
      primary key (capture_id, seq),
      check ((op = 'u') = (row is not null))
    )`.execute(db)
  },
}
