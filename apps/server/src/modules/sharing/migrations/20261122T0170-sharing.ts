import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Applications with their clocks, and the grants that come of them. */
export const sharingMigration: Migration = {
  name: '20261122T0170-sharing',
  async up(db) {
    await sql`create schema sharing`.execute(db)
    await sql`create sequence sharing.application_number as bigint`.execute(db)
    await sql`create sequence sharing.grant_number as bigint`.execute(db)
    await sql`create table sharing.application (
      id uuid primary key,
      number text not null unique,
      entry_code text not null,
      entry_title text not null,
      provider_organisation text not null,
      consumer_organisation text,
      applicant_id uuid not null,
      applicant_name text not null,
      fields text[] not null check (cardinality(fields) > 0),
      filter jsonb not null default '[]',
      purpose text not null,
      use_text text not null,
      legal_basis text not null default '',
      delivery text not null check (delivery in ('api', 'file')),
      until date not null,
      app_id uuid,
      state text not null check (state in ('submitted', 'material-owed', 'approved', 'refused', 'withdrawn')),
      clock_kind text not null check (clock_kind in ('answer-unconditional', 'answer-conditional')),
      clock_working_days integer not null,
      clock_started_at timestamptz not null,
      clock_paused_at timestamptz,
      due_at timestamptz not null,
      submitted_at timestamptz not null,
      decided_at timestamptz,
      missing_notified boolean not null default false,
      evaluation_score integer check (evaluation_score between 1 and 5),
      grant_id uuid,
      revision integer not null default 0,
      check ((state in ('approved', 'refused', 'withdrawn')) = (decided_at is not null))
    )`.execute(db)
    await sql`create index application_by_provider on sharing.application (provider_organisation, state, due_at)`.execute(db)
    await sql`create index application_by_consumer on sharing.application (consumer_organisation, state, due_at)`.execute(db)
    await sql`create index application_by_applicant on sharing.application (applicant_id, due_at)`.execute(db)
    await sql`create table sharing.application_event (
      id bigint generated always as identity primary key,
      application_id uuid not null references sharing.application,
      at timestamptz not null,
      actor jsonb not null,
      action text not null,
      reason text not null default '',
      receipt_id uuid not null
    )`.execute(db)
    await sql`create index application_event_by_application on sharing.application_event (application_id, id)`.execute(db)
    await sql`create table sharing.grant (
      id uuid primary key,
      number text not null unique,
      application_id uuid not null unique references sharing.application,
      entry_code text not null,
      entry_title text not null,
      provider_organisation text not null,
      consumer_organisation text,
      applicant_id uuid not null,
      app_id uuid not null,
      purpose text not null,
      fields text[] not null check (cardinality(fields) > 0),
      masking jsonb not null default '{}',
      filter jsonb not null default '[]',
      quota_per_second integer not null check (quota_per_second > 0),
      quota_per_day integer not null check (quota_per_day > 0),
      until date not null,
      state text not null check (state in ('active', 'suspended', 'revoked')),
      created_at timestamptz not null
    )`.execute(db)
    await sql`create index grant_by_app on sharing.grant (app_id, entry_code)`.execute(db)
    await sql`create index grant_by_entry on sharing.grant (entry_code)`.execute(db)
    for (const [table, subject] of [['application', 'application'], ['grant', 'grant']] as const) {
      await sql`create constraint trigger ${sql.ref(`${table}_has_evidence`)}
        after insert or update on sharing.${sql.ref(table)}
        deferrable initially deferred for each row execute function evidence.require_record(${sql.lit(subject)}, 'id')`.execute(db)
    }
  },
}
