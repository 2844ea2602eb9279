import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Credit scores by day, and what sleeps now. */
export const governanceMigration: Migration = {
  name: '20261122T0295-governance',
  async up(db) {
    await sql`create schema governance`.execute(db)
    await sql`create table governance.credit (
      day date not null,
      organisation text not null,
      score numeric(4, 1) not null check (score between 0 and 100),
      components jsonb not null,
      violations integer not null,
      primary key (organisation, day)
    )`.execute(db)
    await sql`create constraint trigger credit_has_evidence after insert or update or delete on governance.credit
      deferrable initially deferred for each row execute function evidence.require_record('credit', 'day')`.execute(db)
    await sql`create table governance.sleeping (
      kind text not null check (kind in ('entry', 'grant')),
      id text not null,
      number text not null,
      entry_code text not null,
      title text not null,
      provider text not null,
      consumer text,
      since timestamptz not null,
      last_used_at timestamptz,
      awake_until timestamptz not null,
      primary key (kind, id)
    )`.execute(db)
    await sql`create index sleeping_longest on governance.sleeping (awake_until, kind, id)`.execute(db)
  },
}
