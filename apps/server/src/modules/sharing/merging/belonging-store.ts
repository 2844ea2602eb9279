import { type Db, withTables } from '@datong/metadata-store'
import { sql, type SqlBool } from 'kysely'
import type { RuleTables } from '../rules/tables.ts'
import type { SharingTables } from '../tables.ts'

/** Ids of everything that names a department as one of its parties. */
export async function belongingTo(db: Db, organisation: string): Promise<{ applications: string[]; grants: string[]; rules: string[] }> {
  const party = sql<SqlBool>`(provider_organisation = ${organisation} or consumer_organisation = ${organisation} or co_owners @> array[${organisation}]::text[])`
  const opinion = sql<SqlBool>`exists (select from sharing.opinion o where o.application_id = sharing.application.id and o.organisation = ${organisation})`
  const tables = withTables<SharingTables>(db)
  const [applications, grants, rules] = await Promise.all([
    tables.selectFrom('sharing.application').select('id').where((eb) => eb.or([party, opinion])).orderBy('id').execute(),
    tables.selectFrom('sharing.grant').select('id').where(party).orderBy('id').execute(),
    withTables<RuleTables>(db).selectFrom('sharing.rule').select('id').where('scope_organisation', '=', organisation).orderBy('id').execute(),
  ])
  const idOf = ({ id }: { id: string }): string => id
  return { applications: applications.map(idOf), grants: grants.map(idOf), rules: rules.map(idOf) }
}
