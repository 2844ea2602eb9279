import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Tables in consumers' databases that are kept up to date. How far each is, its own database knows. */
export const pushMigration: Migration = {
  name: '20261122T0282-push',
  async up(db) {
    await sql`create table delivery.push_target (
      id uuid primary key,
      entry_code text not null,
      entry_title text not null,
      provider text not null,
      grant_id uuid not null,
      app_id uuid not null,
      organisation text,
      maker jsonb not null,
      kind text not null check (kind in ('postgresql', 'mariadb')),
      host text not null,
      port integer not null check (port between 1 and 65535),
      database text not null,
      table_name text not null,
      username text not null,
      password bytea not null,
      tls text not null check (tls in ('off', 'on', 'verify')),
      ca text,
      schedule text not null check (schedule in ('each-version', 'by-hand')),
      create_table boolean not null,
      replace_existing boolean not null,
      state text not null check (state in ('idle', 'running', 'failed', 'paused', 'ended')),
      reason text,
      version integer,
      rows_done bigint not null default 0,
      rows_per_second integer not null default 0,
      tries integer not null default 0,
      next_try_at timestamptz,
      busy_until timestamptz,
      started_at timestamptz,
      finished_at timestamptz,
      created_at timestamptz not null,
      check ((reason is not null) = (state in ('failed', 'paused', 'ended')))
    )`.execute(db)
    await sql`create index push_target_by_entry on delivery.push_target (entry_code, state)`.execute(db)
    await sql`create constraint trigger push_target_has_evidence after insert or update of state on delivery.push_target
      deferrable initially deferred for each row execute function evidence.require_record('push-target', 'id')`.execute(db)
  },
}
