import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * A delivery that is late passes to the bureau as silence does. A revocation says its ground: only misuse counts against the
 * consumer. The clock's columns of the application, empty since clocks have a table of their own, go.
 */
export const lateDeliveryMigration: Migration = {
  name: '20261122T0302-late-delivery',
  async up(db) {
    await sql`alter table sharing.application
      add column delivery_escalated_at timestamptz,
      drop column clock_working_days, drop column clock_started_at, drop column clock_paused_at`.execute(db)
    await sql`alter table sharing.grant
      add column revoked_for text check (revoked_for in ('misuse', 'not-needed', 'data-changed', 'other')),
      add check (revoked_for is null or state = 'revoked')`.execute(db)
  },
}
