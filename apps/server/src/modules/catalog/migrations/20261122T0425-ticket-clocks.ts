import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Clocks of tickets: what a rule of quality found, and what users reported. */
export const ticketClocksMigration: Migration = {
  name: '20261122T0425-ticket-clocks',
  async up(db) {
    await sql`alter table catalog.clock drop constraint clock_kind_check, drop constraint clock_subject_type_check,
      add constraint clock_kind_check check (kind in ('review', 'change', 'cycle', 'negative-review', 'demand', 'ticket', 'correction')),
      add constraint clock_subject_type_check check (subject_type in ('entry', 'negative-item', 'demand', 'ticket'))`.execute(db)
    await sql`create constraint trigger clock_of_ticket_has_evidence
      after insert or update of due_at, paused_at, stopped_at, urged_at on catalog.clock
      deferrable initially deferred for each row when (new.subject_type = 'ticket')
      execute function evidence.require_record('ticket', 'subject_id')`.execute(db)
  },
}
