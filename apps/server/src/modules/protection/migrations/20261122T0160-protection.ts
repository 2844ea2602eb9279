import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Revisions of the masking policy; revision 0 is the program's defaults and has no row. */
export const protectionMigration: Migration = {
  name: '20261122T0160-protection',
  async up(db) {
    await sql`create schema protection`.execute(db)
    await sql`create table protection.policy (
      revision integer primary key check (revision > 0),
      rules jsonb not null,
      reason text not null,
      changed_at timestamptz not null,
      changed_by jsonb not null
    )`.execute(db)
    await sql`create constraint trigger policy_has_evidence after insert or update or delete on protection.policy
      deferrable initially deferred for each row execute function evidence.require_record('masking-policy', 'revision')`.execute(db)
  },
}
