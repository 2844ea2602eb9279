import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * The whole description at each change of an entry, for ever. A draft's code may follow its classification, so what hangs
 * on the code follows too.
 */
export const revisionsMigration: Migration = {
  name: '20261122T0312-revisions',
  async up(db) {
    await sql`create table catalog.entry_revision (
      code text not null references catalog.entry on update cascade,
      revision integer not null,
      at timestamptz not null,
      actor jsonb not null,
      action text not null,
      reason text not null default '',
      receipt_id uuid,
      changed text[] not null,
      description jsonb not null,
      primary key (code, revision)
    )`.execute(db)
    await sql`create table catalog.former_code (former text primary key, code text not null references catalog.entry on update cascade)`.execute(db)
    await sql`alter table catalog.entry_event drop constraint entry_event_code_fkey,
      add constraint entry_event_code_fkey foreign key (code) references catalog.entry on update cascade`.execute(db)
    // Entries that were there begin with the description that they have now.
    await sql`insert into catalog.entry_revision (code, revision, at, actor, action, changed, description)
      select code, revision, changed_at, '{"kind": "system", "id": "datong", "name": "达通平台", "organisation": null}', 'changed', '{}', jsonb_build_object(
        'code', code, 'organisation', organisation, 'title', title, 'titleEn', title_en, 'summary', summary, 'theme', theme, 'classification', classification,
        'resourceFormat', resource_format, 'keywords', keywords, 'state', state, 'sharingType', sharing_type, 'sharingCondition', sharing_condition,
        'sharingWays', sharing_ways, 'legalBasis', legal_basis, 'openingType', opening_type, 'openingCondition', opening_condition, 'updateCycle', update_cycle,
        'licence', licence, 'contact', contact, 'contactPhone', contact_phone, 'contactEmail', contact_email, 'spatial', spatial, 'temporal', temporal,
        'relations', relations, 'links', links, 'origin', origin, 'visibility', visibility, 'visibleTo', visible_to, 'grade', grade, 'version', version,
        'rowCount', row_count, 'stars', stars, 'conformity', conformity, 'fields', fields) from catalog.entry`.execute(db)
    await sql`create constraint trigger entry_code_has_evidence after update of code on catalog.entry
      deferrable initially deferred for each row when (old.code <> new.code) execute function evidence.require_record('entry', 'code')`.execute(db)
    await sql`create function catalog.keep_revision() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or to_jsonb(new) - 'code' <> to_jsonb(old) - 'code' then
          raise exception 'a revision is never changed' using errcode = 'integrity_constraint_violation';
        end if;
        return new;
      end $$`.execute(db)
    await sql`create trigger revision_is_immutable before update or delete on catalog.entry_revision
      for each row execute function catalog.keep_revision()`.execute(db)
  },
}
