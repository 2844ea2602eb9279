import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** 统计结果: a fourth form in which data can be asked for. A grant says what it gives: rows, or less than rows. */
export const statisticsMigration: Migration = {
  name: '20261122T0470-statistics',
  async up(db) {
    await sql`alter table sharing.application drop constraint application_delivery_check`.execute(db)
    await sql`alter table sharing.application add constraint application_delivery_check check (delivery in ('api', 'file', 'verify', 'statistics'))`.execute(db)
    await sql`alter table sharing.grant add column gives text not null default 'rows' check (gives in ('rows', 'verify', 'statistics'))`.execute(db)
    await sql`update sharing.grant set gives = 'verify' where verify_only`.execute(db)
    await sql`alter table sharing.grant drop column verify_only`.execute(db)
  },
}
