import { type Role, ROLES } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { IdentityTables } from './tables.ts'

/** An account as the module's commands see it; only signing in asks for the hash. */
export interface Account {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly organisation: string | null
  readonly roles: readonly Role[]
  readonly locked: boolean
  readonly seenAt: Date | null
}

type Accounts = SelectQueryBuilder<IdentityTables, 'identity.account', object>

const withRoles = (query: Accounts) => query.select(['identity.account.id', 'username', 'name', 'organisation_code', 'locked', 'seen_at'])
  .select(sql<Role[]>`array(select role from identity.account_role r where r.account_id = identity.account.id)`.as('roles'))

interface AccountRow {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly organisation_code: string | null
  readonly locked: boolean
  readonly seen_at: Date | null
  readonly roles: Role[]
}

const accountOf = (row: AccountRow): Account => ({
  id: row.id, username: row.username, name: row.name, organisation: row.organisation_code, locked: row.locked, seenAt: row.seen_at,
  roles: sortRoles(row.roles),
})

/** In the order of the domain's table. */
export const sortRoles = (roles: readonly Role[]): Role[] => ROLES.filter((role) => roles.includes(role))

export async function findAccount(db: Db, id: string): Promise<Account | undefined> {
  const row = await withRoles(withTables<IdentityTables>(db).selectFrom('identity.account')).where('id', '=', id).executeTakeFirst()
  return row && accountOf(row)
}

/** As `findAccount`, holding the row until the transaction ends, so that two officers decide one after the other. */
export async function holdAccount(trx: Trx, id: string): Promise<Account | undefined> {
  await withTables<IdentityTables>(trx).selectFrom('identity.account').select('id').where('id', '=', id).forUpdate().execute()
  return findAccount(trx, id)
}

export async function findByUsername(db: Db, username: string): Promise<(Account & { readonly passwordHash: string }) | undefined> {
  const row = await withRoles(withTables<IdentityTables>(db).selectFrom('identity.account')).select('password_hash')
    .where('username', '=', username).executeTakeFirst()
  return row && { ...accountOf(row), passwordHash: row.password_hash }
}

export interface AccountFilter {
  readonly q?: string | undefined
  readonly organisation?: string | undefined
}

/** Accounts after a user name, in the order of names, and how many there are in all. */
export async function listAccounts(db: Db, filter: AccountFilter, after: string | undefined, limit: number): Promise<{ accounts: Account[]; total: number }> {
  let query = withTables<IdentityTables>(db).selectFrom('identity.account')
  if (filter.organisation !== undefined) query = query.where('organisation_code', '=', filter.organisation)
  if (filter.q !== undefined) {
    const like = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where((where) => where.or([where('username', 'ilike', like), where('name', 'ilike', like)]))
  }
  const { total } = await query.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow()
  const page = withRoles(after === undefined ? query : query.where('username', '>', after)).orderBy('username').limit(limit)
  return { accounts: (await page.execute()).map(accountOf), total }
}

export interface NewAccount {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly organisation: string | null
  readonly passwordHash: string
  readonly createdAt: Date
}

/** @returns false when the user name is taken */
export async function insertAccount(trx: Trx, account: NewAccount): Promise<boolean> {
  const rows = await withTables<IdentityTables>(trx).insertInto('identity.account').values({
    id: account.id, username: account.username, name: account.name, organisation_code: account.organisation,
    password_hash: account.passwordHash, created_at: account.createdAt, seen_at: null,
  }).onConflict((conflict) => conflict.column('username').doNothing()).returning('id').execute()
  return rows.length > 0
}

/** Replaces the roles of an account. */
export async function writeRoles(trx: Trx, accountId: string, roles: readonly Role[]): Promise<void> {
  const db = withTables<IdentityTables>(trx)
  const others = db.deleteFrom('identity.account_role').where('account_id', '=', accountId)
  await (roles.length > 0 ? others.where('role', 'not in', roles) : others).execute()
  if (roles.length === 0) return
  await db.insertInto('identity.account_role').values(roles.map((role) => ({ account_id: accountId, role })))
    .onConflict((conflict) => conflict.doNothing()).execute()
}

export async function writeLocked(trx: Trx, accountId: string, locked: boolean): Promise<void> {
  await withTables<IdentityTables>(trx).updateTable('identity.account').set({ locked }).where('id', '=', accountId).execute()
}

/** How many accounts hold a role and are not locked. */
export async function countHolders(db: Db, role: Role): Promise<number> {
  const { holders } = await withTables<IdentityTables>(db).selectFrom('identity.account_role')
    .innerJoin('identity.account', 'identity.account.id', 'account_id').where('role', '=', role).where('locked', '=', false)
    .select(sql<number>`count(*)`.as('holders')).executeTakeFirstOrThrow()
  return holders
}
