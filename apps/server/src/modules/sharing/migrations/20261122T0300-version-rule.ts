import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Which version of the data is asked for and granted; until now always the current one. */
export const versionRuleMigration: Migration = {
  name: '20261122T0300-version-rule',
  async up(db) {
    for (const table of ['application', 'grant']) {
      await sql`alter table sharing.${sql.ref(table)} add column version_rule jsonb not null default '{"kind": "current"}'
        check (version_rule ->> 'kind' = 'current' or (version_rule ->> 'kind' = 'fixed' and (version_rule ->> 'version')::integer > 0))`.execute(db)
    }
  },
}
