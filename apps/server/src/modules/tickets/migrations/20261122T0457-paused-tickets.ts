import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Tickets of rules that rest: what they were before, who let the rule rest, and why. */
export const pausedTicketsMigration: Migration = {
  name: '20261122T0457-paused-tickets',
  async up(db) {
    await sql`alter table tickets.ticket drop constraint ticket_state_check`.execute(db)
    await sql`alter table tickets.ticket
      add column pause jsonb,
      add column turned_at timestamptz,
      add constraint ticket_state_check check (state in ('open', 'in-hand', 'mended', 'paused', 'closed', 'rejected', 'dropped', 'withdrawn')),
      add constraint ticket_pause_check check ((state = 'paused') = (pause is not null))`.execute(db)
  },
}
