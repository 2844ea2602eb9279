import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** What people follow: entries, and searches that they saved. It is theirs alone and decides nothing, so it needs no evidence. */
export const followingMigration: Migration = {
  name: '20261122T0317-following',
  async up(db) {
    await sql`create table catalog.follow (
      account_id uuid not null,
      code text not null references catalog.entry on update cascade,
      since timestamptz not null,
      paused boolean not null default false,
      told_until integer not null,
      told_at timestamptz not null,
      told_on date,
      primary key (account_id, code)
    )`.execute(db)
    await sql`create index follow_by_code on catalog.follow (code)`.execute(db)
    await sql`create table catalog.saved_search (
      id uuid primary key,
      account_id uuid not null,
      name text not null,
      query jsonb not null,
      since timestamptz not null,
      paused boolean not null default false,
      seen_until timestamptz not null,
      told_on date
    )`.execute(db)
    await sql`create index saved_search_by_account on catalog.saved_search (account_id)`.execute(db)
  },
}
