import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Tickets with their history, who reported what, and officers on duty. */
export const ticketsMigration: Migration = {
  name: '20261122T0426-tickets',
  async up(db) {
    await sql`create schema tickets`.execute(db)
    await sql`create table tickets.ticket (
      id uuid primary key,
      number text not null unique,
      kind text not null check (kind in ('rule', 'report')),
      entry_code text not null,
      entry_title text not null,
      organisation text not null,
      title text not null,
      field text,
      state text not null check (state in ('open', 'in-hand', 'mended', 'closed', 'rejected', 'dropped', 'withdrawn')),
      rule_id text,
      rule text,
      severity text check (severity in ('minor', 'major', 'critical')),
      checked bigint,
      failed bigint,
      tolerance_share double precision,
      first_version integer,
      last_version integer,
      checked_at timestamptz,
      silenced boolean not null default false,
      mended_version integer,
      filed_by uuid,
      from_organisation text,
      description text not null default '',
      cell bytea,
      fingerprint bytea,
      recheck text check (recheck in ('by-value', 'by-reporter')),
      reported_version integer,
      handler_id uuid,
      handler_name text,
      answer text not null default '',
      reopened integer not null default 0,
      closed_version integer,
      opened_at timestamptz not null,
      changed_at timestamptz not null,
      closed_at timestamptz,
      check ((kind = 'rule') = (rule_id is not null and rule is not null and severity is not null and checked is not null and failed is not null and last_version is not null)),
      check ((kind = 'report') = (recheck is not null)),
      check ((state in ('closed', 'rejected', 'dropped', 'withdrawn')) = (closed_at is not null))
    )`.execute(db)
    await sql`create unique index ticket_of_rule on tickets.ticket (entry_code, rule_id) where kind = 'rule'`.execute(db)
    await sql`create index ticket_by_organisation on tickets.ticket (organisation, state, id)`.execute(db)
    await sql`create index ticket_by_entry on tickets.ticket (entry_code, state)`.execute(db)
    await sql`create index ticket_by_fingerprint on tickets.ticket (fingerprint) where fingerprint is not null and closed_at is null`.execute(db)
    await sql`create constraint trigger ticket_has_evidence after insert or update of state, organisation or delete on tickets.ticket
      deferrable initially deferred for each row execute function evidence.require_record('ticket', 'id')`.execute(db)
    await sql`create table tickets.event (
      id bigint generated always as identity primary key,
      ticket_id uuid not null references tickets.ticket,
      at timestamptz not null,
      actor jsonb not null,
      action text not null,
      reason text not null default '',
      receipt_id uuid
    )`.execute(db)
    await sql`create index event_by_ticket on tickets.event (ticket_id, id)`.execute(db)
    await sql`create table tickets.filing (
      id bigint generated always as identity primary key,
      ticket_id uuid not null references tickets.ticket,
      entry_code text not null,
      filer text not null,
      account_id uuid,
      public boolean not null,
      at timestamptz not null
    )`.execute(db)
    await sql`create index filing_by_filer on tickets.filing (filer, at)`.execute(db)
    await sql`create index filing_by_entry on tickets.filing (entry_code, at) where public`.execute(db)
    await sql`create index filing_by_ticket on tickets.filing (ticket_id)`.execute(db)
    await sql`create index filing_by_account on tickets.filing (account_id, ticket_id) where account_id is not null`.execute(db)
    await sql`create table tickets.duty (
      organisation text primary key,
      account_id uuid not null,
      name text not null,
      since timestamptz not null
    )`.execute(db)
    await sql`create constraint trigger duty_has_evidence after insert or update or delete on tickets.duty
      deferrable initially deferred for each row execute function evidence.require_record('duty', 'organisation')`.execute(db)
    await sql`create sequence tickets.number`.execute(db)
  },
}
