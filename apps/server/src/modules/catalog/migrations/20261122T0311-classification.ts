import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'
import { classificationSeed } from '../classification/classification-seed.ts'

/** The classification that codes are built from. Rows are never removed, so a code is never given twice. */
export const classificationMigration: Migration = {
  name: '20261122T0311-classification',
  async up(db) {
    await sql`create table catalog.classification (
      code text primary key check (code ~ '^[1-9]([0-9]{2}([0-9]{3}([0-9]{2}){0,3})?)?$'),
      parent text references catalog.classification,
      name text not null,
      name_en text not null default '',
      organisation text unique,
      valid boolean not null default true,
      check ((parent is null) = (length(code) = 1)),
      check (parent is null or code like parent || '%')
    )`.execute(db)
    for (const { code, parent, name, nameEn } of classificationSeed()) {
      await sql`insert into catalog.classification (code, parent, name, name_en) values (${code}, ${parent}, ${name}, ${nameEn})`.execute(db)
    }
    // Departments that have entries already; their names come from the list of organisations.
    await sql`insert into catalog.classification (code, parent, name, organisation)
      select '301' || lpad(number::text, 3, '0'), '301', '', organisation from catalog.department`.execute(db)
    // Codes that came from elsewhere keep their place, to be named by the bureau.
    await sql`insert into catalog.classification (code, parent, name)
      select distinct left(classification, 6), left(classification, 3), left(classification, 6) from catalog.entry
      where left(classification, 3) in (select code from catalog.classification) on conflict do nothing`.execute(db)
    await sql`create function catalog.keep_classification() returns trigger language plpgsql as $$
      begin
        raise exception 'a class keeps its code for ever' using errcode = 'integrity_constraint_violation';
      end $$`.execute(db)
    await sql`create trigger classification_is_kept before delete or update of code, parent on catalog.classification
      for each row execute function catalog.keep_classification()`.execute(db)
    await sql`create constraint trigger classification_has_evidence after insert or update on catalog.classification
      deferrable initially deferred for each row execute function evidence.require_record('classification', 'code')`.execute(db)
  },
}
