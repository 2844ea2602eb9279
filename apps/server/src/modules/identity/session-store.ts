import { type Role } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { sql } from 'kysely'
import { sortRoles } from './account-store.ts'
import type { IdentityTables } from './tables.ts'

/** A session ends this long after it was last used … */
const IDLE_LIMIT_MS = 12 * 3_600_000
/** … and this long after it began, whatever happens. */
export const SESSION_LIMIT_MS = 7 * 86_400_000
/** Noting each use would cost a write a request. */
const TOUCH_AFTER_MS = 60_000

export interface SessionHolder {
  readonly id: string
  readonly name: string
  readonly organisation: string | null
  readonly roles: readonly Role[]
}

/** Begins a session and forgets those that have ended. */
export async function insertSession(trx: Trx, tokenHash: Buffer, accountId: string, now: Date): Promise<void> {
  const db = withTables<IdentityTables>(trx)
  await db.deleteFrom('identity.session')
    .where((where) => where.or([where('ends_at', '<', now), where('seen_at', '<', new Date(now.getTime() - IDLE_LIMIT_MS))])).execute()
  await db.insertInto('identity.session').values({
    token_hash: tokenHash, account_id: accountId, created_at: now, seen_at: now, ends_at: new Date(now.getTime() + SESSION_LIMIT_MS),
  }).execute()
  await db.updateTable('identity.account').set({ seen_at: now }).where('id', '=', accountId).execute()
}

/** Who a living session belongs to; its idle clock starts anew. A locked account has none. */
export async function findSession(db: Db, tokenHash: Buffer, now: Date): Promise<SessionHolder | undefined> {
  const tables = withTables<IdentityTables>(db)
  const row = await tables.selectFrom('identity.session as s').innerJoin('identity.account as a', 'a.id', 's.account_id')
    .where('s.token_hash', '=', tokenHash).where('s.ends_at', '>', now).where('s.seen_at', '>', new Date(now.getTime() - IDLE_LIMIT_MS))
    .where('a.locked', '=', false)
    .select(['a.id', 'a.name', 'a.organisation_code', 's.seen_at'])
    .select(sql<Role[]>`array(select role from identity.account_role r where r.account_id = a.id)`.as('roles'))
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (now.getTime() - row.seen_at.getTime() > TOUCH_AFTER_MS) {
    await tables.updateTable('identity.session').set({ seen_at: now }).where('token_hash', '=', tokenHash).execute()
    await tables.updateTable('identity.account').set({ seen_at: now }).where('id', '=', row.id).execute()
  }
  return { id: row.id, name: row.name, organisation: row.organisation_code, roles: sortRoles(row.roles) }
}

/** @returns whether there was one */
export async function deleteSession(trx: Trx, tokenHash: Buffer): Promise<boolean> {
  const rows = await withTables<IdentityTables>(trx).deleteFrom('identity.session').where('token_hash', '=', tokenHash).returning('account_id').execute()
  return rows.length > 0
}

export async function deleteSessionsOf(trx: Trx, accountId: string): Promise<void> {
  await withTables<IdentityTables>(trx).deleteFrom('identity.session').where('account_id', '=', accountId).execute()
}
