import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Sheets of entries that people imported: what stood in them, what it means, and what became of each row. */
export const bulkMigration: Migration = {
  name: '20261122T0360-bulk',
  async up(db) {
    await sql`create table catalog.bulk_import (
      id uuid primary key,
      organisation text,
      account_id text not null,
      file_name text not null,
      state text not null check (state in ('mapping', 'previewed', 'applying', 'applied', 'undoing', 'undone', 'dropped')),
      row_count integer not null,
      item_count integer not null,
      names jsonb not null,
      content jsonb,
      source jsonb not null,
      mapping jsonb not null,
      reason text not null default '',
      receipt_id uuid,
      made_at timestamptz not null,
      made_by jsonb not null,
      applied_at timestamptz,
      undone_at timestamptz
    )`.execute(db)
    await sql`create index on catalog.bulk_import (made_at desc, id desc)`.execute(db)
    await sql`create table catalog.bulk_row (
      import_id uuid not null references catalog.bulk_import on delete cascade,
      number integer not null,
      line integer not null,
      outcome text not null check (outcome in ('new', 'changed', 'unchanged', 'conflict', 'rejected')),
      code text,
      title text not null,
      organisation text,
      patch jsonb,
      base_revision integer,
      changes jsonb not null,
      problems jsonb not null,
      result text check (result in ('done', 'failed', 'undone', 'kept')),
      result_problems jsonb not null default '[]',
      entry_code text,
      made jsonb,
      undo jsonb,
      primary key (import_id, number),
      check (result is null or outcome in ('new', 'changed'))
    )`.execute(db)
    await sql`create constraint trigger bulk_step_has_evidence after insert or update of state on catalog.bulk_import
      deferrable initially deferred for each row when (new.state in ('applying', 'applied', 'undoing', 'undone'))
      execute function evidence.require_record('bulk-import', 'id')`.execute(db)
  },
}
