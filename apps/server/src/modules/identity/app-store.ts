import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { Selectable } from 'kysely'
import type { IdentityTables } from './tables.ts'

export type AppRow = Selectable<IdentityTables['identity.app']>
export type KeyRow = Omit<Selectable<IdentityTables['identity.app_key']>, 'key_hash'>

const KEY_COLUMNS = ['id', 'app_id', 'name', 'prefix', 'created_at', 'expires_at', 'revoked_at', 'last_used_at'] as const

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

export async function listKeysOf(db: Db, appIds: readonly string[]): Promise<KeyRow[]> {
  if (appIds.length === 0) return []
  return withTables<IdentityTables>(db).selectFrom('identity.app_key').select(KEY_COLUMNS).where('app_id', 'in', [...appIds]).orderBy('id').execute()
}

export async function insertKey(trx: Trx, key: KeyRow, keyHash: Buffer): Promise<void> {
  await withTables<IdentityTables>(trx).insertInto('identity.app_key').values({ ...key, key_hash: keyHash }).execute()
}

/** The key, held until the transaction ends. */
export const holdKey = (trx: Trx, appId: string, keyId: string): Promise<KeyRow | undefined> =>
  withTables<IdentityTables>(trx).selectFrom('identity.app_key').select(KEY_COLUMNS)
    .where('id', '=', keyId).where('app_id', '=', appId).forUpdate().executeTakeFirst()

export async function writeRevoked(trx: Trx, keyId: string, at: Date): Promise<void> {
  await withTables<IdentityTables>(trx).updateTable('identity.app_key').set({ revoked_at: at }).where('id', '=', keyId).execute()
}

/** A key with the app that it speaks for. */
export interface KeyRecord {
  readonly keyId: string
  readonly appId: string
  readonly appName: string
  readonly organisation: string | null
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
}

export async function findKey(db: Db, keyHash: Buffer): Promise<KeyRecord | undefined> {
  const row = await withTables<IdentityTables>(db).selectFrom('identity.app_key as k').innerJoin('identity.app as a', 'a.id', 'k.app_id')
    .where('k.key_hash', '=', keyHash)
    .select(['k.id as keyId', 'a.id as appId', 'a.name as appName', 'a.organisation_code as organisation', 'k.expires_at as expiresAt', 'k.revoked_at as revokedAt'])
    .executeTakeFirst()
  return row
}

export async function writeLastUsed(db: Db, uses: ReadonlyMap<string, Date>): Promise<void> {
  for (const [id, at] of uses) {
    await withTables<IdentityTables>(db).updateTable('identity.app_key').set({ last_used_at: at }).where('id', '=', id).execute()
  }
}
