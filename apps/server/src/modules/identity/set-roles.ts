import { type Role, SEPARATED_ROLES } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import { type Account, holdAccount, sortRoles, writeRoles } from './account-store.ts'
import type { IdentityContext } from './context.ts'
import { partiesOf } from './deps.ts'

/** 三员分立. @throws AppError `identity/separated-duties` */
export function requireSeparatedDuties(roles: readonly Role[]): void {
  const held = roles.filter((role) => SEPARATED_ROLES.includes(role))
  if (held.length > 1) {
    throw new AppError('identity/separated-duties', { roles: held.join(', ') }, [
      { pointer: '/roles', code: 'separated-duties', message: `${held.join(' and ')} may not be held by one person` },
    ])
  }
}

/**
 * Replaces a person's roles. They hold from the next request on.
 * @throws AppError `identity/own-roles`, `identity/separated-duties`, `request/not-found`
 */
export async function setRoles(context: IdentityContext, id: string, roles: readonly Role[], reason: string, caller: Caller): Promise<Account> {
  if (caller.actor.id === id) throw new AppError('identity/own-roles')
  requireSeparatedDuties(roles)
  return inTransaction(context.store.db, async (trx) => {
    const account = await holdAccount(trx, id)
    if (account === undefined) throw new AppError('request/not-found')
    const after = sortRoles(roles)
    if (after.join() === account.roles.join()) return account
    await writeRoles(trx, id, after)
    await context.evidence.record(trx, {
      chain: 'decision', action: 'identity.account.roles-set', actor: caller.actor, parties: partiesOf(account.organisation, caller.organisation),
      subject: { type: 'account', id, title: account.username }, detail: { before: account.roles, after, reason },
    })
    return { ...account, roles: after }
  })
}
