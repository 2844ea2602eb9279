import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Entries, and the numbers that their codes are made of. */
export const catalogMigration: Migration = {
  name: '20261122T0130-catalog',
  async up(db) {
    await sql`create schema catalog`.execute(db)
    await sql`create table catalog.department (
      organisation text primary key,
      number integer generated always as identity unique
    )`.execute(db)
    await sql`create sequence catalog.entry_number as bigint`.execute(db)
    await sql`create table catalog.entry (
      code text primary key,
      organisation text not null,
      title text not null,
      title_en text,
      summary text not null default '',
      theme text not null default 'other',
      keywords text[] not null default '{}',
      state text not null default 'draft'
        check (state in ('draft', 'submitted', 'returned', 'approved', 'published', 'withdrawn')),
      sharing_type text check (sharing_type in ('unconditional', 'conditional', 'not-shared')),
      sharing_condition text not null default '',
      legal_basis text not null default '',
      opening_type text check (opening_type in ('open', 'on-application', 'closed')),
      update_cycle text not null default 'irregular',
      licence text not null default 'CC-BY-4.0',
      contact text not null default '',
      grade text not null default 'internal' check (grade in ('public', 'internal', 'secret', 'top-secret')),
      fields jsonb not null default '[]',
      revision integer not null default 0,
      version integer,
      row_count bigint,
      stars integer check (stars between 1 and 5),
      created_at timestamptz not null,
      changed_at timestamptz not null,
      published_at timestamptz,
      review_due_at timestamptz,
      data_updated_at timestamptz,
      search_text text not null default ''
    )`.execute(db)
    await sql`create index entry_by_organisation on catalog.entry (organisation, changed_at desc)`.execute(db)
    await sql`create index entry_by_state on catalog.entry (state, changed_at desc)`.execute(db)
    await sql`create table catalog.entry_event (
      id bigint generated always as identity primary key,
      code text not null references catalog.entry,
      at timestamptz not null,
      actor jsonb not null,
      action text not null,
      reason text not null default '',
      receipt_id uuid not null
    )`.execute(db)
    await sql`create index entry_event_by_code on catalog.entry_event (code, id)`.execute(db)
    await sql`create constraint trigger entry_state_has_evidence
      after insert or update of state, grade, sharing_type, opening_type, fields on catalog.entry
      deferrable initially deferred for each row execute function evidence.require_record('entry', 'code')`.execute(db)
  },
}
