import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** One-time links to files, and each transfer over them. */
export const linksMigration: Migration = {
  name: '20261122T0281-links',
  async up(db) {
    await sql`create table delivery.link (
      id uuid primary key,
      token_hash bytea not null unique,
      entry_code text not null,
      entry_title text not null,
      provider text not null,
      grant_id uuid,
      app_id uuid,
      organisation text,
      maker jsonb not null,
      format text not null,
      state text not null check (state in ('preparing', 'ready', 'failed', 'ended')),
      reason text,
      version integer,
      rows_so_far bigint not null default 0,
      rows bigint,
      bytes bigint,
      sha256 text,
      file_name text,
      content_type text,
      downloads integer not null check (downloads between 1 and 5),
      downloads_used integer not null default 0 check (downloads_used <= downloads),
      created_at timestamptz not null,
      expires_at timestamptz not null,
      check (state <> 'ready' or (rows is not null and bytes is not null and sha256 is not null and file_name is not null and content_type is not null)),
      check ((reason is not null) = (state in ('failed', 'ended')))
    )`.execute(db)
    await sql`create index link_by_grant on delivery.link (grant_id) where state in ('preparing', 'ready')`.execute(db)
    await sql`create index link_by_entry on delivery.link (entry_code, created_at)`.execute(db)
    await sql`create constraint trigger link_has_evidence after insert or update of state on delivery.link
      deferrable initially deferred for each row execute function evidence.require_record('link', 'id')`.execute(db)
    await sql`create table delivery.link_transfer (
      id uuid primary key,
      link_id uuid not null references delivery.link on delete cascade,
      grant_id uuid,
      download integer not null,
      first_byte bigint not null,
      last_byte bigint not null,
      sent bigint not null default 0,
      running boolean not null,
      seen_at timestamptz not null
    )`.execute(db)
    await sql`create index link_transfer_by_link on delivery.link_transfer (link_id, download)`.execute(db)
    await sql`create index link_transfer_running on delivery.link_transfer (grant_id) where running`.execute(db)
  },
}
