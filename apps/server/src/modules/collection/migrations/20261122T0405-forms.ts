import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Forms that departments fill in, how far each department has come, and the rows. States need evidence; rows get theirs when they are handed in. */
export const formsMigration: Migration = {
  name: '20261122T0405-forms',
  async up(db) {
    await sql`create table collection.form (
      id uuid primary key,
      title text not null,
      about text not null,
      organisation text not null,
      fields jsonb not null,
      key_fields text[] not null,
      due_on date,
      state text not null default 'draft' check (state in ('draft', 'open', 'closed', 'removed')),
      entry_code text,
      last_load uuid,
      problem text,
      handed_in integer not null default 0,
      loaded integer not null default 0,
      revision integer not null default 0,
      created_at timestamptz not null,
      created_by jsonb not null
    )`.execute(db)
    await sql`create index form_by_entry on collection.form (entry_code) where entry_code is not null`.execute(db)
    await sql`create table collection.form_task (
      form_id uuid not null references collection.form,
      organisation text not null,
      subject text not null generated always as (form_id::text || '/' || organisation) stored,
      state text not null default 'filling' check (state in ('filling', 'submitted', 'returned')),
      reason text,
      submitted_rows integer,
      submitted_at timestamptz,
      submitted_by text,
      primary key (form_id, organisation)
    )`.execute(db)
    await sql`create index form_task_by_organisation on collection.form_task (organisation, form_id)`.execute(db)
    await sql`create table collection.form_row (
      id uuid primary key,
      form_id uuid not null,
      organisation text not null,
      place bigint not null generated always as identity,
      "values" jsonb not null,
      issues jsonb not null default '[]',
      submitted jsonb,
      is_removed boolean not null default false,
      changed_by text not null,
      changed_at timestamptz not null,
      foreign key (form_id, organisation) references collection.form_task on update cascade
    )`.execute(db)
    await sql`create index form_row_in_order on collection.form_row (form_id, organisation, place)`.execute(db)
    await sql`create constraint trigger form_has_evidence after insert or update of state, fields, key_fields, organisation, entry_code on collection.form
      deferrable initially deferred for each row execute function evidence.require_record('form', 'id')`.execute(db)
    await sql`create constraint trigger form_task_has_evidence after insert or update of state on collection.form_task
      deferrable initially deferred for each row execute function evidence.require_record('form-task', 'subject')`.execute(db)
  },
}
