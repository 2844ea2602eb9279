import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * Loads, their rejected rows, and the versions that they made. Outcomes, versions and which version is current need
 * evidence; how far a load has come does not.
 */
export const collectionMigration: Migration = {
  name: '20261122T0140-collection',
  async up(db) {
    await sql`create schema collection`.execute(db)
    await sql`create table collection.load (
      id uuid primary key,
      entry_code text not null,
      entry_title text not null,
      organisation text not null,
      file_name text not null,
      bytes bigint not null check (bytes >= 0),
      sha256 text not null,
      outcome text check (outcome in ('done', 'failed')),
      phase text not null check (phase in ('received', 'detecting', 'reading', 'typing', 'storing', 'profiling')),
      progress double precision not null default 0 check (progress between 0 and 1),
      rows_read bigint not null default 0,
      rows_stored bigint not null default 0,
      rows_rejected bigint not null default 0,
      detection jsonb,
      version integer,
      created_at timestamptz not null,
      finished_at timestamptz,
      started_by jsonb not null,
      error jsonb,
      check ((outcome is null) = (finished_at is null)),
      check ((outcome is not distinct from 'failed') = (error is not null)),
      check (outcome is distinct from 'done' or rows_read = rows_stored + rows_rejected)
    )`.execute(db)
    await sql`create index load_by_organisation on collection.load (organisation, id)`.execute(db)
    await sql`create index load_by_entry on collection.load (entry_code, id)`.execute(db)
    await sql`create index load_under_way on collection.load (id) where outcome is null`.execute(db)
    await sql`create table collection.reject (
      load_id uuid not null references collection.load,
      ordinal integer not null,
      line bigint not null,
      field text,
      reason text not null,
      detail text not null,
      excerpt text not null,
      primary key (load_id, ordinal)
    )`.execute(db)
    await sql`create table collection.version (
      entry_code text not null,
      number integer not null check (number > 0),
      subject text not null generated always as (entry_code || '/v' || number) stored,
      load_id uuid not null unique references collection.load,
      folder text not null unique,
      manifest jsonb not null,
      content_hash text not null,
      row_count bigint not null,
      rows_rejected bigint not null,
      bytes bigint not null,
      source text not null,
      created_at timestamptz not null,
      created_by text not null,
      primary key (entry_code, number)
    )`.execute(db)
    await sql`create table collection.current_version (
      entry_code text primary key,
      number integer not null,
      subject text not null generated always as (entry_code || '/v' || number) stored,
      since timestamptz not null,
      foreign key (entry_code, number) references collection.version
    )`.execute(db)
    await sql`create function collection.refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'a version is never changed' using errcode = 'integrity_constraint_violation';
      end $$`.execute(db)
    await sql`create trigger version_is_immutable before update on collection.version
      for each row execute function collection.refuse_change()`.execute(db)
    await sql`create constraint trigger load_has_evidence after insert or update of outcome, version on collection.load
      deferrable initially deferred for each row execute function evidence.require_record('load', 'id')`.execute(db)
    await sql`create constraint trigger version_has_evidence after insert on collection.version
      deferrable initially deferred for each row execute function evidence.require_record('version', 'subject')`.execute(db)
    await sql`create constraint trigger current_version_has_evidence after insert or update on collection.current_version
      deferrable initially deferred for each row execute function evidence.require_record('version', 'subject')`.execute(db)
  },
}
