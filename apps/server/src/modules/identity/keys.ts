import type { Actor } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction, notify, type Trx } from '@datong/metadata-store'
import { type AppRow, holdKey, insertKey, type KeyRow, writeRevoked } from './app-store.ts'
import type { IdentityContext } from './context.ts'
import { partiesOf, PLANS_CHANNEL } from './deps.ts'
import { hashOfKey, newKey, prefixOfKey } from './tokens.ts'

export interface NewKey {
  readonly app: AppRow
  readonly name: string
  readonly expiresAt: Date | null
  readonly actor: Actor
}

/**
 * Makes a key in the caller's transaction.
 * @returns the key, which is kept nowhere in clear, and what is stored of it
 * @throws AppError `request/invalid` when it would have expired already
 */
export async function createKey(context: IdentityContext, trx: Trx, { app, name, expiresAt, actor }: NewKey): Promise<{ key: string; row: KeyRow }> {
  const { clock, random, evidence } = context
  if (expiresAt !== null && expiresAt <= clock.now()) {
    throw new AppError('request/invalid', {}, [{ pointer: '/expiresAt', code: 'past', message: 'must be in the future' }])
  }
  const key = newKey(random)
  const row: KeyRow = {
    id: uuidv7(clock, random), app_id: app.id, name, prefix: prefixOfKey(key) ?? '', created_at: clock.now(), expires_at: expiresAt,
    revoked_at: null, last_used_at: null,
  }
  await insertKey(trx, row, hashOfKey(key))
  await evidence.record(trx, {
    chain: 'decision', action: 'identity.key.made', actor, parties: partiesOf(app.organisation_code),
    subject: { type: 'key', id: row.id, title: `${app.name} · ${name}` },
    detail: { appId: app.id, prefix: row.prefix, expiresAt: expiresAt?.toISOString() ?? null },
  })
  return { key, row }
}

/**
 * Revokes a key; all processes hear of it when the transaction commits.
 * @throws AppError `request/not-found`; `request/conflict` when it was revoked before
 */
export async function revokeKey(context: IdentityContext, app: AppRow, keyId: string, reason: string, actor: Actor): Promise<KeyRow> {
  const { store, clock, evidence, keys } = context
  const row = await inTransaction(store.db, async (trx) => {
    const found = await holdKey(trx, app.id, keyId)
    if (found === undefined) throw new AppError('request/not-found')
    if (found.revoked_at !== null) throw new AppError('request/conflict')
    const at = clock.now()
    await writeRevoked(trx, keyId, at)
    await evidence.record(trx, {
      chain: 'decision', action: 'identity.key.revoked', actor, parties: partiesOf(app.organisation_code, actor.organisation),
      subject: { type: 'key', id: keyId, title: `${app.name} · ${found.name}` }, detail: { appId: app.id, prefix: found.prefix, reason },
    })
    await notify(trx, PLANS_CHANNEL, JSON.stringify({ key: keyId }))
    return { ...found, revoked_at: at }
  })
  keys.forget(keyId)
  return row
}
