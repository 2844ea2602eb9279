import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { type Account, findByUsername } from './account-store.ts'
import { beginAttempt, forgetAttempts, FREE_ATTEMPTS } from './attempt-store.ts'
import type { IdentityContext } from './context.ts'
import { actorOf, partiesOf, SYSTEM_ACTOR } from './deps.ts'
import { deleteSession, insertSession } from './session-store.ts'
import { newSessionToken } from './tokens.ts'

export interface SignedIn {
  readonly token: string
  readonly csrfToken: string
  readonly account: Account
}

/**
 * Begins a session. A name that does not exist is answered like a wrong password, after the same work.
 * @throws AppError `identity/wrong-credentials`; `identity/locked` with `retryAfterSeconds` after too many tries;
 *   `identity/account-locked`, told only to who knows the password
 */
export async function signIn(context: IdentityContext, username: string, password: string): Promise<SignedIn> {
  const { store, clock, pepper, passwords, evidence, random } = context
  const nameHash = pepper.ofName(username)
  const attempt = await beginAttempt(store.db, nameHash, clock.now())
  if (!attempt.allowed) throw new AppError('identity/locked', { retryAfterSeconds: secondsUntil(attempt.until, clock.now()) })
  const account = await findByUsername(store.db, username)
  const right = await passwords.matches(account?.passwordHash, password)
  if (account === undefined || !right) {
    if (account !== undefined && attempt.failures === FREE_ATTEMPTS) await recordLockOut(context, account)
    throw new AppError('identity/wrong-credentials')
  }
  if (account.locked) throw new AppError('identity/account-locked')
  const token = newSessionToken(random)
  await inTransaction(store.db, async (trx) => {
    await forgetAttempts(trx, nameHash, clock.now())
    await insertSession(trx, pepper.ofSession(token), account.id, clock.now())
    await evidence.record(trx, {
      chain: 'decision', action: 'identity.session.began', actor: actorOf(account), parties: partiesOf(account.organisation),
      subject: { type: 'account', id: account.id, title: account.username }, detail: {},
    })
  })
  return { token, csrfToken: pepper.csrfToken(token), account }
}

/** Ends a session; one that has ended already stays ended. */
export async function signOut(context: IdentityContext, token: string, account: Pick<Account, 'id' | 'name' | 'organisation'>): Promise<void> {
  await inTransaction(context.store.db, async (trx) => {
    if (!(await deleteSession(trx, context.pepper.ofSession(token)))) return
    await context.evidence.record(trx, {
      chain: 'decision', action: 'identity.session.ended', actor: actorOf(account), parties: partiesOf(account.organisation),
      subject: { type: 'account', id: account.id, title: account.name }, detail: {},
    })
  })
}

async function recordLockOut({ store, evidence }: IdentityContext, account: Account): Promise<void> {
  await inTransaction(store.db, (trx) => evidence.record(trx, {
    chain: 'decision', action: 'identity.account.locked-out', actor: SYSTEM_ACTOR, parties: partiesOf(account.organisation),
    subject: { type: 'account', id: account.id, title: account.username }, detail: { wrongPasswords: FREE_ATTEMPTS },
  }))
}

const secondsUntil = (until: Date, now: Date): number => Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000))
