import { sql } from 'kysely'
import type { Migration } from '../../../platform/server-module.ts'

/** Departments that pass all they have to a successor, from a day on. */
export const mergersMigration: Migration = {
  name: '20261122T0302-mergers',
  up: async (db) => {
    await sql`create table identity.merger (
      predecessor text primary key references identity.organisation (code),
      successor text not null references identity.organisation (code),
      from_day date not null, reason text not null, asked_by jsonb not null, asked_at timestamptz not null, done_at timestamptz,
      check (predecessor <> successor))`.execute(db)
    await sql`create index merger_waiting on identity.merger (from_day) where done_at is null`.execute(db)
    await sql`create constraint trigger evidence after insert or update or delete on identity.merger
      deferrable initially deferred for each row execute function evidence.require_record('organisation', 'predecessor')`.execute(db)
  },
}
