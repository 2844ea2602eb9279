import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Points of the descriptions of published entries, worked out from them, and whether links to elsewhere answer. */
export const metadataQualityMigration: Migration = {
  name: '20261122T0340-metadata-quality',
  async up(db) {
    await sql`create schema if not exists interchange`.execute(db)
    await sql`create table interchange.metadata_score (
      entry_code text primary key,
      organisation text not null,
      title text not null,
      points numeric(4, 1) not null check (points between 0 and 405),
      band text not null,
      indicators jsonb not null,
      completeness numeric(4, 3) not null check (completeness between 0 and 1),
      missing text[] not null,
      described_at timestamptz not null,
      computed_at timestamptz not null
    )`.execute(db)
    await sql`create index metadata_score_worst on interchange.metadata_score (points, entry_code)`.execute(db)
    await sql`create index metadata_score_organisation on interchange.metadata_score (organisation, points)`.execute(db)
    await sql`create table interchange.link_check (
      entry_code text not null,
      url text not null,
      reached boolean,
      checked_at timestamptz,
      primary key (entry_code, url)
    )`.execute(db)
    await sql`create index link_check_due on interchange.link_check (checked_at nulls first)`.execute(db)
  },
}
