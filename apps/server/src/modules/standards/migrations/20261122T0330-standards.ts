import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Data elements and code lists that differ from the program's seed: a seed without a row stands as it came. */
export const standardsMigration: Migration = {
  name: '20261122T0330-standards',
  async up(db) {
    await sql`create schema standards`.execute(db)
    await sql`create table standards.item (
      key text primary key,
      kind text not null check (kind in ('element', 'code-list')),
      id text not null,
      state text not null check (state in ('draft', 'published', 'revising', 'abolished')),
      version integer not null check (version >= 0),
      body jsonb not null,
      proposal jsonb check ((state = 'revising') = (proposal is not null)),
      abolished_from date,
      replaced_by text,
      revision integer not null check (revision > 0),
      changed_at timestamptz not null,
      check (key = kind || '/' || id),
      check ((state = 'draft') <= (version = 0)),
      check ((state = 'abolished') = (abolished_from is not null))
    )`.execute(db)
    await sql`create constraint trigger item_has_evidence after insert or update or delete on standards.item
      deferrable initially deferred for each row execute function evidence.require_record('standard', 'key')`.execute(db)
    await sql`create table standards.item_version (
      key text not null references standards.item (key) on delete cascade deferrable initially deferred,
      version integer not null check (version > 0),
      label text not null,
      in_force_from date not null,
      body jsonb not null,
      reason text not null,
      published_at timestamptz,
      published_by jsonb,
      primary key (key, version)
    )`.execute(db)
    await sql`create table standards.import (
      id uuid primary key,
      kind text not null check (kind in ('element', 'code-list')),
      list text,
      label text not null,
      file_name text not null,
      state text not null check (state in ('previewed', 'applied', 'undone')),
      in_force_from date not null,
      content jsonb not null,
      lines jsonb not null,
      counts jsonb not null,
      undo jsonb,
      made_at timestamptz not null,
      made_by jsonb not null,
      applied_at timestamptz,
      undone_at timestamptz,
      check ((kind = 'code-list') = (list is not null))
    )`.execute(db)
    await sql`create index on standards.import (made_at desc, id)`.execute(db)
    await sql`create constraint trigger import_has_evidence after update of state on standards.import
      deferrable initially deferred for each row execute function evidence.require_record('standards-import', 'id')`.execute(db)
  },
}
