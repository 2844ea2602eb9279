import type { Scope, SignatureAlgorithm } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Selectable, sql } from 'kysely'
import type { IdentityTables } from './tables.ts'

export type KeyRow = Omit<Selectable<IdentityTables['identity.app_key']>, 'key_hash' | 'public_key'>

const KEY_COLUMNS = [
  'id', 'app_id', 'name', 'prefix', 'algorithm', 'scopes', 'entry_codes', 'addresses', 'created_at', 'expires_at', 'revoked_at', 'last_used_at', 'replaced_by',
] as const

export async function listKeysOf(db: Db, appIds: readonly string[]): Promise<KeyRow[]> {
  if (appIds.length === 0) return []
  return withTables<IdentityTables>(db).selectFrom('identity.app_key').select(KEY_COLUMNS).where('app_id', 'in', [...appIds]).orderBy('id').execute()
}

/** What proves the key: the hash of a secret, or a public key (SubjectPublicKeyInfo, DER). */
export type KeyProof = { readonly keyHash: Buffer } | { readonly publicKey: Buffer }

export async function insertKey(trx: Trx, key: KeyRow, proof: KeyProof): Promise<void> {
  await withTables<IdentityTables>(trx).insertInto('identity.app_key')
    .values({ ...key, key_hash: 'keyHash' in proof ? proof.keyHash : null, public_key: 'publicKey' in proof ? proof.publicKey : null }).execute()
}

/** The key, held until the transaction ends. */
export const holdKey = (trx: Trx, appId: string, keyId: string): Promise<KeyRow | undefined> =>
  withTables<IdentityTables>(trx).selectFrom('identity.app_key').select(KEY_COLUMNS)
    .where('id', '=', keyId).where('app_id', '=', appId).forUpdate().executeTakeFirst()

export async function writeRevoked(trx: Trx, keyId: string, at: Date): Promise<void> {
  await withTables<IdentityTables>(trx).updateTable('identity.app_key').set({ revoked_at: at }).where('id', '=', keyId).execute()
}

export async function writeReplaced(trx: Trx, keyId: string, replacedBy: string, expiresAt: Date): Promise<void> {
  await withTables<IdentityTables>(trx).updateTable('identity.app_key').set({ replaced_by: replacedBy, expires_at: expiresAt }).where('id', '=', keyId).execute()
}

/** A key as it is stored, with the app that it speaks for. */
export interface StoredKey {
  readonly keyId: string
  readonly appId: string
  readonly appName: string
  readonly organisation: string | null
  readonly algorithm: SignatureAlgorithm | null
  readonly publicKey: Buffer | null
  readonly scopes: readonly Scope[] | null
  readonly entryCodes: readonly string[] | null
  readonly addresses: readonly string[]
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
}

const findWhere = (db: Db) =>
  withTables<IdentityTables>(db).selectFrom('identity.app_key as k').innerJoin('identity.app as a', 'a.id', 'k.app_id')
    .select([
      'k.id as keyId', 'a.id as appId', 'a.name as appName', 'a.organisation_code as organisation', 'k.algorithm', 'k.public_key as publicKey',
      'k.scopes', 'k.entry_codes as entryCodes', 'k.addresses', 'k.expires_at as expiresAt', 'k.revoked_at as revokedAt',
    ])

export const findKeyByHash = (db: Db, keyHash: Buffer): Promise<StoredKey | undefined> => findWhere(db).where('k.key_hash', '=', keyHash).executeTakeFirst()
export const findKeyById = (db: Db, keyId: string): Promise<StoredKey | undefined> => findWhere(db).where('k.id', '=', keyId).executeTakeFirst()

/** Writes down when keys were last used, all in one statement; a later time that another process wrote stays. */
export async function writeLastUsed(db: Db, uses: ReadonlyMap<string, Date>): Promise<void> {
  await sql`update identity.app_key k set last_used_at = u.at
    from unnest(${[...uses.keys()]}::uuid[], ${[...uses.values()].map((at) => at.toISOString())}::timestamptz[]) as u (id, at)
    where k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at)`.execute(db)
}
