import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { Selectable } from 'kysely'
import type { IdentityTables } from './tables.ts'

export type AppRow = Selectable<IdentityTables['identity.app']>

/** Who apps belong to: an organisation, or a developer without one. */
export type AppOwner = { readonly organisation: string } | { readonly ownerId: string }

export async function listAppsOf(db: Db, owner: AppOwner): Promise<AppRow[]> {
  const query = withTables<IdentityTables>(db).selectFrom('identity.app').selectAll().orderBy('id')
  return 'organisation' in owner ? query.where('organisation_code', '=', owner.organisation).execute()
    : query.where('organisation_code', 'is', null).where('owner_id', '=', owner.ownerId).execute()
}

export const findApp = (db: Db, id: string): Promise<AppRow | undefined> =>
  withTables<IdentityTables>(db).selectFrom('identity.app').selectAll().where('id', '=', id).executeTakeFirst()

export async function namesOfApps(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await withTables<IdentityTables>(db).selectFrom('identity.app').select(['id', 'name']).where('id', 'in', [...new Set(ids)]).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export async function insertApp(trx: Trx, app: AppRow): Promise<void> {
  await withTables<IdentityTables>(trx).insertInto('identity.app').values(app).execute()
}
