import { sql } from 'kysely'
import type { Migration } from '../../../platform/server-module.ts'

/** Up to which leaf the usage of segments was handed to metering: that may follow the log in larger steps than it grows by. */
export const meteredMigration: Migration = {
  name: '20261122T0303-metered',
  up: async (db) => {
    await sql`create table evidence.metered (one boolean primary key default true check (one), until bigint not null)`.execute(db)
    // Until now both went in one step.
    await sql`insert into evidence.metered (until) select coalesce(max(size), 0) from evidence.checkpoint`.execute(db)
  },
}
