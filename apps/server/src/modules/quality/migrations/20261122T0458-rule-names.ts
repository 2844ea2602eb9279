import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * Whether a person named a rule, or it is called by its kind and field in each language. A suggestion that was taken had its name
 * from the platform; what it is still called in later versions it is called so.
 */
export const ruleNamesMigration: Migration = {
  name: '20261122T0458-rule-names',
  async up(db) {
    await sql`alter table quality.rule_version add column title_typed boolean not null default true`.execute(db)
    await sql`update quality.rule_version v set title_typed = false from quality.rule_version f
      where f.rule_id = v.rule_id and f.version = 1 and f.origin = 'suggested' and v.title = f.title and v.field is not distinct from f.field`.execute(db)
  },
}
