import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Metering, and the register of serving tables; the tables themselves live in the schema `serving`. */
export const deliveryMigration: Migration = {
  name: '20261122T0180-delivery',
  async up(db) {
    await sql`create schema delivery`.execute(db)
    await sql`create schema serving`.execute(db)
    await sql`create table delivery.usage (
      day date not null,
      entry_code text not null,
      grant_id uuid,
      organisation text,
      calls bigint not null,
      rows bigint not null,
      bytes bigint not null,
      last_at timestamptz not null,
      unique nulls not distinct (day, entry_code, grant_id, organisation)
    )`.execute(db)
    await sql`create index usage_by_grant on delivery.usage (grant_id, day)`.execute(db)
    await sql`create index usage_by_entry on delivery.usage (entry_code, day)`.execute(db)
    await sql`create table delivery.serving (
      entry_code text not null,
      version integer not null,
      table_name text not null unique,
      columns jsonb not null,
      indexed text[] not null,
      row_count bigint not null,
      built_at timestamptz not null,
      primary key (entry_code, version)
    )`.execute(db)
  },
}
