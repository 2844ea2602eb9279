import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Days that the bureau set beside the national calendar. */
export const calendarMigration: Migration = {
  name: '20261122T0315-calendar',
  async up(db) {
    await sql`create schema calendar`.execute(db)
    await sql`create table calendar.day (
      day date primary key,
      kind text not null check (kind in ('holiday', 'workday')),
      name text not null,
      source text not null check (source <> ''),
      changed_at timestamptz not null,
      changed_by jsonb not null
    )`.execute(db)
    await sql`create constraint trigger day_has_evidence after insert or update or delete on calendar.day
      deferrable initially deferred for each row execute function evidence.require_record('calendar-day', 'day')`.execute(db)
  },
}
