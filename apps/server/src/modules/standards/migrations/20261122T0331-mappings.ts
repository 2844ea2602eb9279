import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** What follows from data and standards, and can be worked out again; and what departments confirmed of names. */
export const mappingsMigration: Migration = {
  name: '20261122T0331-mappings',
  async up(db) {
    await sql`create table standards.mapping (
      entry_code text primary key,
      organisation text not null,
      title text not null,
      version integer,
      fields jsonb not null,
      names text[] not null,
      field_count integer not null,
      mapped integer not null check (mapped <= field_count),
      conforming integer not null check (conforming <= mapped),
      measured_at timestamptz not null
    )`.execute(db)
    await sql`create index on standards.mapping (organisation, entry_code)`.execute(db)
    await sql`create table standards.learnt (
      organisation text not null,
      name text not null,
      element text not null,
      shown text not null,
      entry_code text not null,
      learnt_at timestamptz not null,
      primary key (organisation, name)
    )`.execute(db)
    await sql`create index on standards.learnt (name)`.execute(db)
  },
}
