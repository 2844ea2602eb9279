import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** What people are told, by department and role or by name, and who has read it. */
export const noticesMigration: Migration = {
  name: '20261122T0290-notices',
  async up(db) {
    await sql`create schema notices`.execute(db)
    await sql`create table notices.notice (
      id uuid primary key,
      key text not null unique,
      at timestamptz not null,
      kind text not null,
      params jsonb not null,
      subject_type text not null,
      subject_id text not null,
      organisation text,
      roles text[] not null,
      account_id uuid,
      check (account_id is not null or cardinality(roles) > 0)
    )`.execute(db)
    await sql`create index notice_by_organisation on notices.notice (organisation, id)`.execute(db)
    await sql`create index notice_by_account on notices.notice (account_id, id) where account_id is not null`.execute(db)
    await sql`create table notices.reading (
      account_id uuid not null,
      notice_id uuid not null references notices.notice on delete cascade,
      at timestamptz not null,
      primary key (account_id, notice_id)
    )`.execute(db)
  },
}
