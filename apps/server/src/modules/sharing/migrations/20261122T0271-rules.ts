import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Decision rules with all their versions, what they said of each application, and the duty lists that they lean on. */
export const rulesMigration: Migration = {
  name: '20261122T0271-rules',
  async up(db) {
    await sql`create table sharing.rule (
      id uuid primary key,
      scope_organisation text,
      state text not null check (state in ('draft', 'active', 'retired')),
      version integer not null check (version > 0),
      active_version integer,
      revision integer not null default 0,
      check ((state = 'active') = (active_version is not null)),
      check (active_version between 1 and version)
    )`.execute(db)
    await sql`create index rule_by_state on sharing.rule (state)`.execute(db)
    await sql`create table sharing.rule_version (
      rule_id uuid not null references sharing.rule,
      version integer not null check (version > 0),
      name text not null,
      priority integer not null check (priority between 1 and 999),
      effect text not null check (effect in ('grant', 'refuse', 'route')),
      reason text not null,
      legal_basis text not null,
      note text not null,
      conditions jsonb not null,
      changed_at timestamptz not null,
      changed_by jsonb not null,
      primary key (rule_id, version),
      check (effect <> 'refuse' or (reason <> '' and legal_basis <> ''))
    )`.execute(db)
    await sql`create table sharing.ruling (
      application_id uuid primary key references sharing.application,
      at timestamptz not null,
      effect text not null check (effect in ('grant', 'refuse', 'route')),
      ground text not null check (ground in ('negative-list', 'rule', 'default')),
      rule_id uuid,
      rule_version integer,
      rule_name text,
      reason text not null,
      legal_basis text not null,
      conditions jsonb not null,
      facts jsonb not null,
      check ((ground = 'rule') = (rule_id is not null)),
      foreign key (rule_id, rule_version) references sharing.rule_version (rule_id, version)
    )`.execute(db)
    await sql`create table sharing.duty_list (
      organisation text primary key,
      purposes text[] not null,
      words text[] not null,
      revision integer not null,
      changed_at timestamptz not null,
      changed_by jsonb not null
    )`.execute(db)
    await sql`create index application_by_submission on sharing.application (submitted_at)`.execute(db)
    for (const [table, subject, column] of [
      ['rule', 'rule', 'id'], ['rule_version', 'rule', 'rule_id'], ['ruling', 'application', 'application_id'], ['duty_list', 'duty-list', 'organisation'],
    ] as const) {
      await sql`create constraint trigger ${sql.ref(`${table}_has_evidence`)}
        after insert or update or delete on sharing.${sql.ref(table)}
        deferrable initially deferred for each row execute function evidence.require_record(${sql.lit(subject)}, ${sql.lit(column)})`.execute(db)
    }
  },
}
