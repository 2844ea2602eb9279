import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Catalogues that entries are taken over from, their runs, what was seen of each record, and what could not be taken over. */
export const harvestMigration: Migration = {
  name: '20261122T0350-harvest',
  async up(db) {
    await sql`create schema harvest`.execute(db)
    await sql`create table harvest.source (
      id uuid primary key,
      name text not null,
      kind text not null check (kind in ('ckan', 'dcat', 'dcat-us')),
      url text not null,
      organisation text not null,
      schedule text not null check (schedule in ('manual', 'hourly', 'daily', 'weekly')),
      publishes boolean not null,
      state text not null default 'active' check (state in ('active', 'paused', 'removed')),
      next_run_at timestamptz,
      etag text,
      harvested_until timestamptz,
      full_at timestamptz,
      revision integer not null default 0,
      created_at timestamptz not null
    )`.execute(db)
    await sql`create unique index source_once on harvest.source (url) where state <> 'removed'`.execute(db)
    await sql`create index source_due on harvest.source (next_run_at) where state = 'active'`.execute(db)
    await sql`create table harvest.run (
      id uuid primary key,
      source_id uuid not null references harvest.source,
      mode text not null check (mode in ('full', 'incremental')),
      state text not null default 'queued' check (state in ('queued', 'running', 'done', 'held', 'failed', 'stopped')),
      position text,
      since timestamptz,
      etag text,
      total integer,
      seen integer not null default 0,
      created integer not null default 0,
      changed integer not null default 0,
      same integer not null default 0,
      withdrawn integer not null default 0,
      rejected integer not null default 0,
      vanished integer not null default 0,
      failure jsonb,
      queued_at timestamptz not null,
      started_at timestamptz,
      ended_at timestamptz,
      receipt_id uuid
    )`.execute(db)
    await sql`create index run_by_source on harvest.run (source_id, queued_at desc, id desc)`.execute(db)
    await sql`create unique index run_one_at_a_time on harvest.run (source_id) where state in ('queued', 'running')`.execute(db)
    await sql`create table harvest.record (
      source_id uuid not null references harvest.source,
      identifier text not null,
      entry_code text not null,
      fingerprint text not null,
      seen_in uuid not null,
      primary key (source_id, identifier)
    )`.execute(db)
    await sql`create table harvest.problem (
      id bigint generated always as identity primary key,
      run_id uuid not null references harvest.run,
      identifier text,
      title text,
      code text not null,
      detail text not null
    )`.execute(db)
    await sql`create index problem_by_run on harvest.problem (run_id, id)`.execute(db)
    await sql`create constraint trigger source_state_has_evidence
      after insert or update of state, organisation, publishes, schedule on harvest.source
      deferrable initially deferred for each row execute function evidence.require_record('harvest-source', 'id')`.execute(db)
    await sql`create constraint trigger run_end_has_evidence
      after update of state on harvest.run
      deferrable initially deferred for each row when (new.state in ('done', 'held', 'failed', 'stopped'))
      execute function evidence.require_record('harvest-run', 'id')`.execute(db)
  },
}
