import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Whether somebody wrote the title of a ticket, or it is that of a rule which nobody named. */
export const ticketNamesMigration: Migration = {
  name: '20261122T0459-ticket-names',
  async up(db) {
    await sql`alter table tickets.ticket add column title_typed boolean not null default true`.execute(db)
    await sql`do $do$ begin
      if to_regclass('quality.rule_version') is not null then
        update tickets.ticket t set title_typed = false from quality.rule r join quality.rule_version v on v.rule_id = r.id and v.version = r.version
        where t.rule_id = r.id::text and t.title = v.title and not v.title_typed;
      end if;
    end $do$`.execute(db)
  },
}
