import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Derived interfaces and every version of their definitions. */
export const derivedMigration: Migration = {
  name: '20261122T0280-derived',
  async up(db) {
    await sql`create table delivery.derived (
      id uuid primary key,
      organisation text not null,
      name text not null,
      title text not null,
      state text not null check (state in ('active', 'retired')),
      version integer not null check (version >= 1),
      definition jsonb not null,
      created_at timestamptz not null,
      changed_at timestamptz not null,
      revision integer not null,
      unique (organisation, name)
    )`.execute(db)
    await sql`create constraint trigger derived_has_evidence after insert or update of state, version on delivery.derived
      deferrable initially deferred for each row execute function evidence.require_record('derived', 'id')`.execute(db)
    await sql`create table delivery.derived_version (
      derived_id uuid not null references delivery.derived (id),
      version integer not null,
      title text not null,
      definition jsonb not null,
      at timestamptz not null,
      by jsonb not null,
      receipt_id uuid not null,
      primary key (derived_id, version)
    )`.execute(db)
  },
}
