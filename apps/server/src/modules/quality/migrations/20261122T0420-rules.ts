import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * Rules of entries with all their versions, what each found in each version of the data, the rows that were kept, suggestions that
 * were turned down, and how good the version in use of each entry is.
 */
export const rulesMigration: Migration = {
  name: '20261122T0420-rules',
  async up(db) {
    await sql`create table quality.rule (
      id uuid primary key,
      entry_code text not null,
      kind text not null,
      state text not null check (state in ('active', 'paused', 'retired')),
      version integer not null check (version > 0),
      revision integer not null default 0,
      created_at timestamptz not null
    )`.execute(db)
    await sql`create index rule_by_entry on quality.rule (entry_code)`.execute(db)
    await sql`create table quality.rule_version (
      rule_id uuid not null references quality.rule,
      version integer not null check (version > 0),
      title text not null,
      field text,
      dimension text not null,
      parameters jsonb not null,
      severity text not null check (severity in ('minor', 'major', 'critical')),
      tolerance_share double precision not null check (tolerance_share between 0 and 1),
      note text not null,
      origin text not null check (origin in ('suggested', 'written')),
      fingerprint text not null,
      changed_at timestamptz not null,
      changed_by jsonb not null,
      primary key (rule_id, version)
    )`.execute(db)
    await sql`create table quality.dismissed (
      entry_code text not null,
      fingerprint text not null,
      at timestamptz not null,
      by jsonb not null,
      primary key (entry_code, fingerprint)
    )`.execute(db)
    await sql`create table quality.outcome (
      entry_code text not null,
      version integer not null,
      rule_id uuid not null,
      rule_version integer not null,
      verdict text not null check (verdict in ('passed', 'failed', 'unmeasured')),
      checked bigint not null,
      failed bigint not null,
      doubtful bigint not null,
      score double precision check (score between 0 and 1),
      params jsonb not null,
      kept integer not null,
      sealed bytea,
      checked_at timestamptz not null,
      primary key (rule_id, version),
      foreign key (rule_id, rule_version) references quality.rule_version (rule_id, version),
      check ((kept = 0) = (sealed is null))
    )`.execute(db)
    await sql`create index outcome_by_entry on quality.outcome (entry_code, version)`.execute(db)
    await sql`create table quality.standing (
      entry_code text primary key,
      version integer not null,
      overall double precision not null,
      stars integer not null check (stars between 1 and 5),
      dimensions jsonb not null,
      rules integer not null,
      failing integer not null,
      critical integer not null,
      checked_at timestamptz not null
    )`.execute(db)
    for (const [table, column] of [['rule', 'id'], ['rule_version', 'rule_id']] as const) {
      // A draft that gets its code takes its rules along: the code is not theirs.
      await sql`create constraint trigger ${sql.ref(`${table}_has_evidence`)}
        after insert or delete or update of version${table === 'rule' ? sql`, state` : sql`, parameters, severity, tolerance_share`} on quality.${sql.ref(table)}
        deferrable initially deferred for each row execute function evidence.require_record('quality-rule', ${sql.lit(column)})`.execute(db)
    }
  },
}
