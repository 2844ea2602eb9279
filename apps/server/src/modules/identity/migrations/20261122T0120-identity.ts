import { sql } from 'kysely'
import type { Migration } from '../../../platform/server-module.ts'

/** Regions, organisations, accounts with separated duties, sessions, applications (systems) and their keys. */
export const identityMigration: Migration = {
  name: '20261122T0120-identity',
  up: async (db) => {
    await sql`create schema identity`.execute(db)
    await sql`create table identity.region (
      code text primary key check (code ~ '^[0-9]{6,12}$'), name text not null, name_en text not null,
      parent_code text references identity.region (code),
      level text not null check (level in ('city', 'county', 'town', 'village')))`.execute(db)
    await sql`create index on identity.region (parent_code)`.execute(db)
    await sql`create table identity.organisation (
      code text primary key, position integer generated always as identity, name text not null, name_en text not null,
      short_name text not null, region_code text not null references identity.region (code),
      kind text not null check (kind in ('department', 'bureau', 'public')), duties text[] not null)`.execute(db)
    await sql`create table identity.account (
      id uuid primary key, username text not null unique, name text not null,
      organisation_code text references identity.organisation (code), password_hash text not null,
      locked boolean not null default false, created_at timestamptz not null, seen_at timestamptz)`.execute(db)
    await sql`create table identity.account_role (
      account_id uuid not null references identity.account (id),
      role text not null check (role in ('provider', 'consumer', 'steward', 'security', 'sysadmin', 'auditor', 'leader', 'developer')),
      primary key (account_id, role))`.execute(db)
    // Separation of duties: no account holds two of these three.
    await sql`create unique index account_separated_duties on identity.account_role (account_id)
      where role in ('sysadmin', 'security', 'auditor')`.execute(db)
    await sql`create table identity.sign_in_attempt (
      name_hash bytea primary key, failures integer not null, last_at timestamptz not null, locked_until timestamptz)`.execute(db)
    await sql`create table identity.session (
      token_hash bytea primary key, account_id uuid not null references identity.account (id),
      created_at timestamptz not null, seen_at timestamptz not null, ends_at timestamptz not null)`.execute(db)
    await sql`create index on identity.session (account_id)`.execute(db)
    await sql`create table identity.app (
      id uuid primary key, name text not null, description text not null,
      organisation_code text references identity.organisation (code), owner_id uuid references identity.account (id),
      created_at timestamptz not null, check (organisation_code is not null or owner_id is not null))`.execute(db)
    await sql`create index on identity.app (organisation_code)`.execute(db)
    await sql`create table identity.app_key (
      id uuid primary key, app_id uuid not null references identity.app (id), name text not null, prefix text not null,
      key_hash bytea not null unique, created_at timestamptz not null, expires_at timestamptz, revoked_at timestamptz,
      last_used_at timestamptz)`.execute(db)
    await sql`create index on identity.app_key (app_id)`.execute(db)
    for (const [table, when, subject, column] of WITH_EVIDENCE) {
      await sql.raw(`create constraint trigger evidence after ${when} on identity.${table}
        deferrable initially deferred for each row execute function evidence.require_record('${subject}', '${column}')`).execute(db)
    }
  },
}

/** Whose changes do not commit without their evidence: table, what changes, subject type, column of the subject's id. */
const WITH_EVIDENCE = [
  ['organisation', 'insert or update or delete', 'organisation', 'code'],
  ['account', 'insert or delete or update of username, name, organisation_code, password_hash, locked', 'account', 'id'],
  ['account_role', 'insert or update or delete', 'account', 'account_id'],
  ['app', 'insert or update or delete', 'app', 'id'],
  ['app_key', 'insert or delete or update of app_id, key_hash, expires_at, revoked_at', 'key', 'id'],
] as const
