import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import { type Account, holdAccount, writeLocked } from './account-store.ts'
import { forgetAttempts } from './attempt-store.ts'
import type { IdentityContext } from './context.ts'
import { partiesOf } from './deps.ts'
import { deleteSessionsOf } from './session-store.ts'

/**
 * Locks an account, which ends its sessions at once, or unlocks it, which also forgets wrong passwords.
 * @throws AppError `identity/own-account`, `request/not-found`
 */
export async function actOnUser(context: IdentityContext, id: string, action: 'lock' | 'unlock', reason: string, caller: Caller): Promise<Account> {
  if (caller.actor.id === id) throw new AppError('identity/own-account')
  const { store, clock, pepper, evidence } = context
  return inTransaction(store.db, async (trx) => {
    const account = await holdAccount(trx, id)
    if (account === undefined) throw new AppError('request/not-found')
    const locked = action === 'lock'
    if (locked) await deleteSessionsOf(trx, id)
    else await forgetAttempts(trx, pepper.ofName(account.username), clock.now())
    if (account.locked === locked) return account
    await writeLocked(trx, id, locked)
    await evidence.record(trx, {
      chain: 'decision', action: locked ? 'identity.account.locked' : 'identity.account.unlocked', actor: caller.actor,
      parties: partiesOf(account.organisation, caller.organisation), subject: { type: 'account', id, title: account.username }, detail: { reason },
    })
    return { ...account, locked }
  })
}
