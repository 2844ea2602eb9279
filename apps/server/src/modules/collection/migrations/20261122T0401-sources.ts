import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * Sources that entries are filled from. What they are and how they are reached commits with evidence; where their last load came
 * to does not.
 */
export const sourcesMigration: Migration = {
  name: '20261122T0401-sources',
  async up(db) {
    await sql`create table collection.source (
      id uuid primary key,
      name text not null,
      kind text not null,
      organisation text not null,
      settings jsonb not null,
      secrets bytea not null,
      secret_names text[] not null,
      read_from jsonb not null,
      mode text not null check (mode in ('full', 'incremental', 'changes')),
      mark_column text,
      key_columns text[] not null,
      drift text not null check (drift in ('hold', 'adapt', 'split')),
      schedule text,
      entry_code text,
      entry_title text not null,
      state text not null default 'active' check (state in ('active', 'paused', 'removed')),
      next_run_at timestamptz,
      watermark jsonb,
      base_version integer,
      full_due text default 'first' check (full_due in ('first', 'asked', 'other-version', 'moved')),
      reconciled_at timestamptz,
      revision integer not null default 0,
      created_at timestamptz not null,
      created_by text not null
    )`.execute(db)
    await sql`create index source_by_organisation on collection.source (organisation, name, id) where state <> 'removed'`.execute(db)
    await sql`create unique index source_by_name on collection.source (organisation, name) where state <> 'removed'`.execute(db)
    await sql`create unique index source_by_entry on collection.source (entry_code) where state <> 'removed'`.execute(db)
    await sql`create index source_due on collection.source (next_run_at) where state = 'active'`.execute(db)
    await sql`create constraint trigger source_has_evidence after insert
      or update of name, kind, organisation, settings, secrets, read_from, mode, mark_column, key_columns, drift, schedule, entry_code, state on collection.source
      deferrable initially deferred for each row execute function evidence.require_record('source', 'id')`.execute(db)
  },
}
