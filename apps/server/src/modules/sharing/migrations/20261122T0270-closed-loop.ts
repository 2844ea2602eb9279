import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * The whole process: all clocks, opinions of several departments, material as a list, mediation, renewal and change,
 * evaluations, limits. The clock of the answer moves to `sharing.clock`; its columns on the application take no values any
 * more, except `clock_kind`, and `due_at`, by which the lists are sorted.
 */
export const closedLoopMigration: Migration = {
  name: '20261122T0270-closed-loop',
  async up(db) {
    await sql`alter table sharing.application
      alter column clock_working_days drop not null,
      alter column clock_started_at drop not null,
      drop constraint application_state_check,
      drop constraint application_check,
      add constraint application_state_check
        check (state in ('submitted', 'material-owed', 'approved', 'refused', 'in-mediation', 'upheld', 'withdrawn')),
      add constraint application_decided_check check ((state in ('submitted', 'material-owed')) = (decided_at is null)),
      add column co_owners text[] not null default '{}',
      add column quota jsonb,
      add column link_kind text check (link_kind in ('renewal', 'change')),
      add column link_grant_id uuid references sharing.grant,
      add column commitment text not null default 'by-applying' check (commitment in ('explicit', 'by-applying')),
      add column rule jsonb,
      add column decided_by text check (decided_by in ('rule', 'department', 'bureau')),
      add column decision_reason text not null default '',
      add column decision_legal_basis text not null default '',
      add column material jsonb not null default '[]',
      add column escalated_at timestamptz,
      add column urged_at timestamptz,
      add column mediation jsonb,
      add check ((link_kind is null) = (link_grant_id is null)),
      add check (decided_by is null or decided_at is not null)`.execute(db)
    await sql`create index application_by_co_owner on sharing.application using gin (co_owners)`.execute(db)
    await sql`create index application_by_link on sharing.application (link_grant_id) where link_grant_id is not null`.execute(db)
    await sql`create index application_overdue on sharing.application (due_at) where state = 'submitted' and escalated_at is null`.execute(db)

    await sql`alter table sharing.grant
      drop constraint grant_state_check,
      add constraint grant_state_check check (state in ('active', 'suspended', 'revoked', 'expired', 'replaced')),
      add column co_owners text[] not null default '{}',
      add column replaced_by uuid references sharing.grant,
      add column ended_at timestamptz,
      add column evaluated_at timestamptz`.execute(db)
    await sql`create index grant_by_end on sharing.grant (until) where state in ('active', 'suspended')`.execute(db)
    await sql`create index grant_by_consumer on sharing.grant (consumer_organisation, entry_code)`.execute(db)

    await sql`create table sharing.clock (
      application_id uuid not null references sharing.application,
      kind text not null check (kind in ('notice', 'answer-unconditional', 'answer-conditional', 'delivery')),
      working_days integer not null check (working_days >= 0),
      extended_by integer not null default 0 check (extended_by between 0 and working_days),
      started_at timestamptz not null,
      paused_at timestamptz,
      due_at timestamptz not null,
      stopped_at timestamptz,
      source text not null,
      primary key (application_id, kind)
    )`.execute(db)
    await sql`create index clock_going on sharing.clock (due_at) where stopped_at is null`.execute(db)
    await sql`insert into sharing.clock (application_id, kind, working_days, started_at, paused_at, due_at, stopped_at, source)
      select id, clock_kind, clock_working_days, clock_started_at, clock_paused_at, due_at, decided_at, '《政务数据共享条例》' from sharing.application`.execute(db)

    await sql`create table sharing.opinion (
      application_id uuid not null references sharing.application,
      organisation text not null,
      fields text[] not null check (cardinality(fields) > 0),
      state text not null check (state in ('asked', 'consented', 'refused')),
      consented text[] not null default '{}',
      masking jsonb not null default '{}',
      quota jsonb,
      until date,
      reason text not null default '',
      legal_basis text not null default '',
      decided_at timestamptz,
      decided_by jsonb,
      primary key (application_id, organisation),
      check ((state = 'asked') = (decided_at is null)),
      check ((state = 'consented') = (cardinality(consented) > 0)),
      check (consented <@ fields)
    )`.execute(db)
    await sql`create index opinion_asked on sharing.opinion (organisation) where state = 'asked'`.execute(db)
    await sql`insert into sharing.opinion (application_id, organisation, fields, state)
      select id, provider_organisation, fields, 'asked' from sharing.application where state in ('submitted', 'material-owed')`.execute(db)

    await sql`create table sharing.evaluation (
      id uuid primary key,
      application_id uuid not null references sharing.application,
      grant_id uuid not null references sharing.grant,
      at timestamptz not null,
      actor jsonb not null,
      quality integer not null check (quality between 1 and 5),
      timeliness integer not null check (timeliness between 1 and 5),
      effect integer not null check (effect between 1 and 5),
      comment text not null default ''
    )`.execute(db)
    await sql`create index evaluation_by_grant on sharing.evaluation (grant_id, at)`.execute(db)
    await sql`insert into sharing.evaluation
      select gen_random_uuid(), a.id, a.grant_id, e.at, e.actor, a.evaluation_score, a.evaluation_score, a.evaluation_score, e.reason
      from sharing.application a
      join lateral (select * from sharing.application_event where application_id = a.id and action = 'evaluated' order by id desc limit 1) e on true
      where a.evaluation_score is not null and a.grant_id is not null`.execute(db)

    await sql`create table sharing.setting (
      key text primary key,
      value integer not null check (value >= 0),
      source text not null,
      to_be_confirmed boolean not null,
      changed_at timestamptz not null,
      changed_by jsonb not null
    )`.execute(db)

    for (const [table, subject, column] of [
      ['clock', 'application', 'application_id'], ['opinion', 'application', 'application_id'], ['evaluation', 'application', 'application_id'],
      ['setting', 'sharing-setting', 'key'],
    ] as const) {
      await sql`create constraint trigger ${sql.ref(`${table}_has_evidence`)}
        after insert or update on sharing.${sql.ref(table)}
        deferrable initially deferred for each row execute function evidence.require_record(${sql.lit(subject)}, ${sql.lit(column)})`.execute(db)
    }
  },
}
