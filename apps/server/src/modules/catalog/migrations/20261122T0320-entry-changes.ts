import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Tells every process the code of an entry that was made, changed or removed, when the change commits. */
export const entryChangesMigration: Migration = {
  name: '20261122T0320-entry-changes',
  async up(db) {
    await sql`create function catalog.tell_entry_change() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'INSERT' then perform pg_notify('catalog_entry', old.code); end if;
        if tg_op <> 'DELETE' then perform pg_notify('catalog_entry', new.code); end if;
        return null;
      end $$`.execute(db)
    await sql`create trigger entry_change_is_told after insert or update or delete on catalog.entry
      for each row execute function catalog.tell_entry_change()`.execute(db)
  },
}
