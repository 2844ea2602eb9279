import type { Actor, Role } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { type Account, insertAccount, sortRoles, writeRoles } from './account-store.ts'
import type { IdentityContext } from './context.ts'
import { partiesOf } from './deps.ts'
import { randomPassword } from './passwords.ts'
import { requireNotMerged } from './mergers/require-not-merged.ts'
import { requireSeparatedDuties } from './set-roles.ts'

export interface NewUser {
  readonly username: string
  readonly name: string
  readonly organisation: string | null
  /** Roles from the beginning; only the platform itself gives them so, people go through `setRoles`. */
  readonly roles?: readonly Role[]
  /** A random one when left out. */
  readonly password?: string
}

/**
 * Creates an account.
 * @returns the account and its password, which is kept nowhere in clear
 * @throws AppError `identity/username-taken`, `identity/unknown-organisation`, `identity/organisation-merged`, `identity/separated-duties`
 */
export async function createUser(context: IdentityContext, user: NewUser, actor: Actor): Promise<{ account: Account; password: string }> {
  const { store, directory, passwords, random, clock, evidence } = context
  const { username, name, organisation, roles = [], password = randomPassword(random) } = user
  if (organisation !== null && directory.find(organisation) === undefined) {
    throw new AppError('identity/unknown-organisation', { organisation }, [{ pointer: '/organisation', code: 'unknown', message: 'is not an organisation here' }])
  }
  if (organisation !== null) requireNotMerged(context, organisation)
  requireSeparatedDuties(roles)
  const id = uuidv7(clock, random)
  const passwordHash = await passwords.hash(password)
  await inTransaction(store.db, async (trx) => {
    if (!(await insertAccount(trx, { id, username, name, organisation, passwordHash, createdAt: clock.now() }))) {
      throw new AppError('identity/username-taken', { username }, [{ pointer: '/username', code: 'taken', message: 'is taken' }])
    }
    await writeRoles(trx, id, roles)
    await evidence.record(trx, {
      chain: 'decision', action: 'identity.account.created', actor, parties: partiesOf(organisation),
      subject: { type: 'account', id, title: username }, detail: { name, organisation, roles: sortRoles(roles) },
    })
  })
  return { account: { id, username, name, organisation, roles: sortRoles(roles), locked: false, seenAt: null }, password }
}
