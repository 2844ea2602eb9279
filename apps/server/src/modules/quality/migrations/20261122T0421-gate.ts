import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** What holds new versions of an entry back, and the versions that were held back. */
export const gateMigration: Migration = {
  name: '20261122T0421-gate',
  async up(db) {
    await sql`create table quality.gate (
      entry_code text primary key,
      holds text not null check (holds in ('never', 'critical', 'any')),
      least_stars integer check (least_stars between 1 and 5),
      revision integer not null
    )`.execute(db)
    await sql`create table quality.hold (
      entry_code text not null,
      version integer not null,
      subject text not null generated always as (entry_code || '/v' || version) stored,
      state text not null check (state in ('held', 'released')),
      reasons jsonb not null,
      stars integer not null,
      held_at timestamptz not null,
      released_at timestamptz,
      released_by jsonb,
      reason text,
      primary key (entry_code, version),
      check ((state = 'released') = (released_at is not null and reason is not null))
    )`.execute(db)
    await sql`create index hold_open on quality.hold (held_at) where state = 'held'`.execute(db)
    await sql`create constraint trigger gate_has_evidence after insert or delete or update of holds, least_stars on quality.gate
      deferrable initially deferred for each row execute function evidence.require_record('quality-gate', 'entry_code')`.execute(db)
    await sql`create constraint trigger hold_has_evidence after insert or delete or update of state on quality.hold
      deferrable initially deferred for each row execute function evidence.require_record('version', 'subject')`.execute(db)
  },
}
