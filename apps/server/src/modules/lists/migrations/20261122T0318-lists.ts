import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Responsibility, negative and demand list. */
export const listsMigration: Migration = {
  name: '20261122T0318-lists',
  async up(db) {
    await sql`create schema lists`.execute(db)
    await sql`create table lists.responsibility (
      id uuid primary key,
      organisation text not null,
      item text not null,
      legal_basis text not null default '',
      data_named text not null default '',
      entry_code text,
      published boolean not null default false,
      due_on date,
      revision integer not null default 0,
      changed_at timestamptz not null,
      changed_by jsonb not null,
      unique (organisation, item, data_named)
    )`.execute(db)
    await sql`create index responsibility_by_entry on lists.responsibility (entry_code) where entry_code is not null`.execute(db)
    await sql`create table lists.negative_item (
      id uuid primary key,
      organisation text not null,
      entry_code text not null,
      fields text[] not null,
      against text not null check (against in ('sharing', 'opening', 'both')),
      ground text check (ground in ('law', 'administrative-regulation', 'state-council')),
      legal_basis text not null check (legal_basis <> ''),
      state text not null check (state in ('in-force', 'lifted')),
      reviewed_at timestamptz not null,
      review_due_at timestamptz,
      made_at timestamptz not null
    )`.execute(db)
    await sql`create index negative_item_by_entry on lists.negative_item (entry_code) where state = 'in-force'`.execute(db)
    await sql`create table lists.demand (
      id uuid primary key,
      number text not null unique,
      title text not null,
      description text not null,
      audience text not null check (audience in ('public', 'departments')),
      filed_by uuid not null,
      from_organisation text,
      state text not null check (state in ('filed', 'assigned', 'accepted', 'refused', 'attached', 'published', 'merged', 'withdrawn')),
      organisation text,
      answer text not null default '',
      legal_basis text not null default '',
      entry_code text,
      merged_into uuid references lists.demand,
      filed_at timestamptz not null,
      changed_at timestamptz not null,
      check ((state = 'merged') = (merged_into is not null)),
      check (state not in ('assigned', 'accepted', 'refused') or organisation is not null),
      check (state not in ('attached', 'published') or entry_code is not null)
    )`.execute(db)
    await sql`create index demand_by_state on lists.demand (state, filed_at desc)`.execute(db)
    await sql`create index demand_by_entry on lists.demand (entry_code) where state = 'attached'`.execute(db)
    await sql`create table lists.support (demand_id uuid not null references lists.demand, account_id uuid not null, at timestamptz not null, primary key (demand_id, account_id))`.execute(db)
    await sql`create table lists.demand_event (
      id bigint generated always as identity primary key,
      demand_id uuid not null references lists.demand,
      at timestamptz not null,
      actor jsonb not null,
      action text not null,
      reason text not null default '',
      receipt_id uuid not null
    )`.execute(db)
    await sql`create index demand_event_by_demand on lists.demand_event (demand_id, id)`.execute(db)
    await sql`create sequence lists.demand_number`.execute(db)
    // Whether its entry is published follows from the entry's own decisions.
    const decided = { responsibility: sql`update of organisation, item, legal_basis, data_named, entry_code, due_on`, negative_item: sql`update`, demand: sql`update` }
    for (const [table, subject] of [['responsibility', 'responsibility'], ['negative_item', 'negative-item'], ['demand', 'demand']] as const) {
      await sql`create constraint trigger ${sql.ref(`${table}_has_evidence`)} after insert or ${decided[table]} or delete on lists.${sql.ref(table)}
        deferrable initially deferred for each row execute function evidence.require_record(${sql.lit(subject)}, 'id')`.execute(db)
    }
  },
}
