import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** A draft's code may follow its classification: its versions follow, and nothing else of them changes. */
export const draftCodesMigration: Migration = {
  name: '20261122T0312-draft-codes',
  async up(db) {
    await sql`create or replace function collection.refuse_change() returns trigger language plpgsql as $$
      begin
        -- The subject is made from the code after this trigger.
        if to_jsonb(new) - 'entry_code' - 'subject' <> to_jsonb(old) - 'entry_code' - 'subject' then
          raise exception 'a version is never changed' using errcode = 'integrity_constraint_violation';
        end if;
        return new;
      end $$`.execute(db)
    await sql`create constraint trigger version_code_has_evidence after update of entry_code on collection.version
      deferrable initially deferred for each row execute function evidence.require_record('version', 'subject')`.execute(db)
    await sql`alter table collection.current_version drop constraint current_version_entry_code_number_fkey,
      add constraint current_version_entry_code_number_fkey foreign key (entry_code, number) references collection.version on update cascade`.execute(db)
  },
}
