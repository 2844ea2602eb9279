import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * The feed of changes: sets lead from version to version, changes name rows by their place in both; the rows themselves
 * stay in the lake. Webhooks, and batches that could not be delivered.
 */
export const subscriptionsMigration: Migration = {
  name: '20261122T0283-subscriptions',
  async up(db) {
    await sql`create table delivery.change_set (
      entry_code text not null,
      number integer not null,
      kind text not null check (kind in ('snapshot', 'version', 'difference')),
      from_version integer,
      to_version integer not null,
      key_field text,
      first_position bigint not null,
      last_position bigint not null check (last_position >= first_position - 1),
      made_at timestamptz not null,
      primary key (entry_code, number),
      check ((kind = 'version') = (key_field is null)),
      check ((kind = 'difference') = (from_version is not null))
    )`.execute(db)
    await sql`create table delivery.change (
      entry_code text not null,
      position bigint not null,
      before_row bigint,
      after_row bigint,
      primary key (entry_code, position),
      check (before_row is not null or after_row is not null)
    )`.execute(db)
    await sql`create table delivery.webhook (
      id uuid primary key,
      entry_code text not null,
      entry_title text not null,
      provider text not null,
      grant_id uuid not null,
      app_id uuid not null,
      organisation text,
      maker jsonb not null,
      url text not null,
      secret bytea not null,
      state text not null check (state in ('pending', 'active', 'paused', 'ended')),
      reason text,
      position bigint not null,
      tries integer not null default 0,
      next_try_at timestamptz,
      busy_until timestamptz,
      last_error text,
      delivered bigint not null default 0,
      delivered_at timestamptz,
      created_at timestamptz not null
    )`.execute(db)
    await sql`create index webhook_by_entry on delivery.webhook (entry_code, state)`.execute(db)
    await sql`create constraint trigger webhook_has_evidence after insert or update of state on delivery.webhook
      deferrable initially deferred for each row execute function evidence.require_record('webhook', 'id')`.execute(db)
    await sql`create table delivery.dead_batch (
      message_id text primary key,
      webhook_id uuid not null references delivery.webhook,
      from_position bigint not null,
      to_position bigint not null,
      tries integer not null,
      error text not null,
      at timestamptz not null
    )`.execute(db)
    await sql`create index dead_batch_by_webhook on delivery.dead_batch (webhook_id, at)`.execute(db)
  },
}
