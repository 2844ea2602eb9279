import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Profile and quality figures of each version, worked out once. */
export const qualityMigration: Migration = {
  name: '20261122T0150-quality',
  async up(db) {
    await sql`create schema quality`.execute(db)
    await sql`create table quality.version (
      entry_code text not null,
      version integer not null,
      load_id uuid not null,
      row_count bigint not null,
      profile jsonb not null,
      overall double precision not null check (overall between 0 and 1),
      stars integer not null check (stars between 1 and 5),
      dimensions jsonb not null,
      results jsonb not null,
      identifier_candidates text[] not null,
      checked_at timestamptz not null,
      primary key (entry_code, version)
    )`.execute(db)
  },
}
