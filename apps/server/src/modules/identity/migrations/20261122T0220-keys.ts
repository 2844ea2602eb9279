import { sql } from 'kysely'
import type { Migration } from '../../../platform/server-module.ts'

/** Limits of keys (forms of delivery, entries, addresses), keys that sign, and rotation. */
export const keysMigration: Migration = {
  name: '20261122T0220-keys',
  up: async (db) => {
    await sql`alter table identity.app_key
      alter column key_hash drop not null,
      add column algorithm text check (algorithm in ('ed25519', 'ecdsa-p256-sha256')),
      add column public_key bytea,
      add column scopes text[] check (cardinality(scopes) > 0),
      add column entry_codes text[] check (cardinality(entry_codes) > 0),
      add column addresses text[] not null default '{}',
      add column replaced_by uuid references identity.app_key (id),
      add constraint app_key_secret_or_signing check (
        (key_hash is not null and algorithm is null and public_key is null)
        or (key_hash is null and algorithm is not null and public_key is not null))`.execute(db)
    await sql`create constraint trigger evidence_of_limits
      after update of algorithm, public_key, scopes, entry_codes, addresses, replaced_by on identity.app_key
      deferrable initially deferred for each row execute function evidence.require_record('key', 'id')`.execute(db)
  },
}
