import { sql } from 'kysely'
import type { Migration } from '../../../platform/server-module.ts'

/** Columns that a record has while it waits and after it has got its place in the log. */
const RECORD_COLUMNS = `
  id uuid not null,
  at timestamptz not null,
  chain text not null check (chain in ('decision', 'access')),
  action text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_organisation text,
  subject_type text not null,
  subject_id text not null,
  parties text[] not null,
  body bytea not null,
  salt bytea not null,
  leaf bytea not null`

/**
 * The log's storage. `body` holds the canonical JSON that the leaf commits to; the columns beside it are copies for
 * filtering only, and the audit holds them against the body.
 */
export const evidenceMigration: Migration = {
  name: '20261122T0110-evidence',
  up: async (db) => {
    await sql`create schema evidence`.execute(db)
    await sql.raw(`create table evidence.pending (
      seq bigint generated always as identity primary key,
      xid xid8 not null default pg_current_xact_id(),
      ${RECORD_COLUMNS},
      unique (id)
    ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`).execute(db)
    await sql`create index on evidence.pending (subject_id, xid)`.execute(db)
    await sql.raw(`create table evidence.entry (
      leaf_index bigint primary key,
      ${RECORD_COLUMNS},
      unique (id)
    )`).execute(db)
    await sql`create index on evidence.entry (subject_id, id)`.execute(db)
    await sql`create index on evidence.entry (actor_id, id)`.execute(db)
    await sql`create index on evidence.entry using gin (parties)`.execute(db)
    await sql`create table evidence.tile (
      level smallint not null, index bigint not null, width smallint not null check (width between 1 and 256),
      hashes bytea not null, primary key (level, index))`.execute(db)
    await sql`create table evidence.checkpoint (
      size bigint primary key, note text not null, at timestamptz not null)`.execute(db)
    await sql`create table evidence.audit (
      id uuid primary key, state text not null check (state in ('running', 'sound', 'damaged', 'failed')),
      started_at timestamptz not null, finished_at timestamptz, entries bigint not null, checked bigint not null,
      damages jsonb not null)`.execute(db)
    await sql`create unique index audit_one_running on evidence.audit (state) where state = 'running'`.execute(db)
    await sql`create index on evidence.audit (started_at)`.execute(db)
    await guardStorage(db)
    await makeRequireRecord(db)
  },
}

/** Nothing is ever changed in the log; the sequencer alone moves records and widens tiles. */
async function guardStorage(db: Parameters<Migration['up']>[0]): Promise<void> {
  await sql`create function evidence.refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% on %.% is not allowed: the evidence log is append-only', tg_op, tg_table_schema, tg_table_name
        using errcode = 'integrity_constraint_violation';
    end $$`.execute(db)
  await sql`create function evidence.refuse_change_outside_sequencer() returns trigger language plpgsql as $$
    begin
      if current_setting('evidence.sequencing', true) is distinct from 'on' then
        raise exception '% on %.% is not allowed: only the sequencer does it', tg_op, tg_table_schema, tg_table_name
          using errcode = 'integrity_constraint_violation';
      end if;
      return null;
    end $$`.execute(db)
  await sql`create trigger append_only before update or delete or truncate on evidence.entry
    for each statement execute function evidence.refuse_change()`.execute(db)
  await sql`create trigger no_change before update or truncate on evidence.pending
    for each statement execute function evidence.refuse_change()`.execute(db)
  await sql`create trigger no_truncate before truncate on evidence.tile
    for each statement execute function evidence.refuse_change()`.execute(db)
  await sql`create trigger no_change before update or truncate on evidence.checkpoint
    for each statement execute function evidence.refuse_change()`.execute(db)
  await sql`create trigger sequencer_only before delete on evidence.pending
    for each statement execute function evidence.refuse_change_outside_sequencer()`.execute(db)
  await sql`create trigger sequencer_only before insert on evidence.entry
    for each statement execute function evidence.refuse_change_outside_sequencer()`.execute(db)
  await sql`create trigger sequencer_only before insert or update or delete on evidence.tile
    for each statement execute function evidence.refuse_change_outside_sequencer()`.execute(db)
  await sql`create trigger sequencer_only before insert or delete on evidence.checkpoint
    for each statement execute function evidence.refuse_change_outside_sequencer()`.execute(db)
}

/**
 * `evidence.require_record(subject type, id column)`: a deferred constraint trigger that lets a transaction commit only
 * when it also recorded evidence about the changed row. Attach it to every table whose changes are decisions:
 *
 *   create constraint trigger evidence after insert or update of state on catalog.entry
 *     deferrable initially deferred for each row execute function evidence.require_record('entry', 'code')
 */
async function makeRequireRecord(db: Parameters<Migration['up']>[0]): Promise<void> {
  await sql`create function evidence.require_record() returns trigger language plpgsql as $$
    declare
      changed jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
      subject text := changed ->> tg_argv[1];
    begin
      if subject is null then
        raise exception 'evidence.require_record: %.% has no value in column %', tg_table_schema, tg_table_name, tg_argv[1];
      end if;
      perform 1 from evidence.pending
        where xid = pg_current_xact_id() and subject_type = tg_argv[0] and subject_id = subject limit 1;
      if not found then
        raise exception '% of % % without its evidence', tg_op, tg_argv[0], subject
          using errcode = 'integrity_constraint_violation', constraint = tg_name, schema = tg_table_schema, table = tg_table_name;
      end if;
      return null;
    end $$`.execute(db)
}
