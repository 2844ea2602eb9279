import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** The ledger of digital resources, and which entries each stands for. */
export const ledgerMigration: Migration = {
  name: '20261122T0361-ledger',
  async up(db) {
    await sql`create schema ledger`.execute(db)
    await sql`create table ledger.item (
      id uuid primary key,
      kind text not null check (kind in ('system', 'database', 'interface', 'model', 'computing')),
      name text not null,
      description text not null,
      organisation text not null,
      operator text not null,
      part_of uuid references ledger.item,
      protection_level integer check (protection_level between 1 and 5),
      since date,
      yearly_cost numeric(14, 2) check (yearly_cost >= 0),
      capacity double precision check (capacity >= 0),
      used double precision check (used >= 0),
      unit text not null,
      state text not null check (state in ('planned', 'building', 'running', 'suspended', 'retired')),
      revision integer not null default 0,
      changed_at timestamptz not null,
      changed_by text not null,
      check (part_of <> id)
    )`.execute(db)
    await sql`create index item_by_organisation on ledger.item (organisation, name, id)`.execute(db)
    await sql`create index item_by_name on ledger.item (name, id)`.execute(db)
    await sql`create index item_by_part on ledger.item (part_of)`.execute(db)
    await sql`create table ledger.item_entry (
      item_id uuid not null references ledger.item,
      entry_code text not null,
      primary key (item_id, entry_code)
    )`.execute(db)
    await sql`create index item_entry_by_code on ledger.item_entry (entry_code)`.execute(db)
    await sql`create constraint trigger item_has_evidence
      after insert or update on ledger.item
      deferrable initially deferred for each row execute function evidence.require_record('ledger-item', 'id')`.execute(db)
  },
}
