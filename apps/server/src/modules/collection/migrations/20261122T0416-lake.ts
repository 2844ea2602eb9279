import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Which version was current when, how long versions are kept, and views with the definitions that they had. */
export const lakeMigration: Migration = {
  name: '20261122T0416-lake',
  async up(db) {
    await sql`create table collection.version_use (
      entry_code text not null,
      number integer not null,
      since timestamptz not null,
      primary key (entry_code, since, number),
      foreign key (entry_code, number) references collection.version on update cascade
    )`.execute(db)
    await sql`insert into collection.version_use (entry_code, number, since) select entry_code, number, since from collection.current_version`.execute(db)
    await sql`create function collection.note_use() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' or new.number <> old.number then
          insert into collection.version_use (entry_code, number, since) values (new.entry_code, new.number, new.since) on conflict do nothing;
        end if;
        return null;
      end $$`.execute(db)
    await sql`create trigger current_version_is_noted after insert or update of number on collection.current_version
      for each row execute function collection.note_use()`.execute(db)

    await sql`create table collection.retention (
      entry_code text primary key,
      keep_versions integer check (keep_versions > 0),
      keep_days integer check (keep_days > 0),
      revision integer not null
    )`.execute(db)
    await sql`create constraint trigger retention_has_evidence after insert or update of keep_versions, keep_days on collection.retention
      deferrable initially deferred for each row execute function evidence.require_record('retention', 'entry_code')`.execute(db)
    await sql`create table collection.version_end (
      entry_code text not null,
      number integer not null,
      subject text not null generated always as (entry_code || '/v' || number) stored,
      folder text not null,
      reason text not null,
      at timestamptz not null,
      emptied boolean not null default false,
      primary key (entry_code, number),
      foreign key (entry_code, number) references collection.version on update cascade
    )`.execute(db)
    await sql`create constraint trigger version_end_has_evidence after insert on collection.version_end
      deferrable initially deferred for each row execute function evidence.require_record('version', 'subject')`.execute(db)

    await sql`create table collection.view (
      id uuid primary key,
      entry_code text not null unique,
      organisation text not null,
      title text not null,
      layer text not null check (layer in ('topic', 'service')),
      state text not null check (state in ('active', 'retired')),
      sql text not null,
      inputs jsonb not null,
      version integer not null,
      floor text,
      tried jsonb,
      created_at timestamptz not null,
      changed_at timestamptz not null,
      revision integer not null
    )`.execute(db)
    await sql`create index view_by_input on collection.view using gin (inputs jsonb_path_ops)`.execute(db)
    await sql`create constraint trigger view_has_evidence after insert or update of state, sql, inputs, version on collection.view
      deferrable initially deferred for each row execute function evidence.require_record('view', 'id')`.execute(db)
    await sql`create table collection.view_version (
      view_id uuid not null references collection.view,
      version integer not null,
      sql text not null,
      inputs jsonb not null,
      at timestamptz not null,
      by jsonb not null,
      receipt_id uuid not null,
      primary key (view_id, version)
    )`.execute(db)
  },
}
