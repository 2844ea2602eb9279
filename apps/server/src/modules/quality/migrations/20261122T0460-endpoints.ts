import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Where published entries are to be had, what each endpoint answered last, and what it answered before. */
export const endpointsMigration: Migration = {
  name: '20261122T0460-endpoints',
  async up(db) {
    await sql`create table quality.endpoint (
      entry_code text not null,
      address text not null,
      kind text not null check (kind in ('rows', 'link')),
      up boolean,
      status integer,
      milliseconds integer,
      reason text,
      asked_at timestamptz,
      since timestamptz,
      primary key (entry_code, address)
    )`.execute(db)
    await sql`create index endpoint_due on quality.endpoint (asked_at nulls first)`.execute(db)
    await sql`create table quality.endpoint_seen (
      entry_code text not null,
      address text not null,
      at timestamptz not null,
      up boolean,
      status integer,
      milliseconds integer not null,
      reason text,
      primary key (entry_code, address, at),
      foreign key (entry_code, address) references quality.endpoint on update cascade on delete cascade
    )`.execute(db)
    await sql`create index endpoint_seen_at on quality.endpoint_seen (at)`.execute(db)
  },
}
