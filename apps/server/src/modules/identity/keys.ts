import type { Actor } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction, notify, type Trx } from '@datong/metadata-store'
import type { AppRow } from './app-store.ts'
import type { IdentityContext } from './context.ts'
import { partiesOf, PLANS_CHANNEL } from './deps.ts'
import { checkLimits, type KeyLimits, type WantedLimits } from './key-limits.ts'
import { holdKey, insertKey, type KeyProof, type KeyRow, writeRevoked } from './key-store.ts'
import { readPublicKey } from './public-key.ts'
import { hashOfKey, newKey, prefixOfKey } from './tokens.ts'

export interface NewKey {
  readonly app: AppRow
  readonly name: string
  readonly limits: WantedLimits
  readonly actor: Actor
}

/** A key under way: how it is recognised and proved. `secret` is kept nowhere in clear. */
export interface Material extends Pick<KeyRow, 'prefix' | 'algorithm'> {
  readonly proof: KeyProof
  readonly secret: string | null
}

/** A new secret key, or the public half of a signing key. @throws AppError `request/invalid` for a text that is no such key */
export function materialOf({ random }: IdentityContext, publicKey: string | null): Material {
  if (publicKey !== null) {
    const { algorithm, spki, thumbprint } = readPublicKey(publicKey)
    return { prefix: thumbprint.slice(0, 11), algorithm, proof: { publicKey: spki }, secret: null }
  }
  const secret = newKey(random)
  return { prefix: prefixOfKey(secret) ?? '', algorithm: null, proof: { keyHash: hashOfKey(secret) }, secret }
}

/**
 * Makes a secret key in the caller's transaction.
 * @returns the key, for this one time, and what is stored of it
 * @throws AppError `request/invalid` when a limit cannot be
 */
export async function createKey(context: IdentityContext, trx: Trx, { app, name, limits, actor }: NewKey): Promise<{ key: string; row: KeyRow }> {
  const material = materialOf(context, null)
  const row = await writeKey(context, trx, { app, name, limits: checkLimits(context, limits), material, actor })
  return { key: material.secret ?? '', row }
}

/** Registers the public half of a signing key. @throws AppError `request/invalid` for a text that is no such key, or a limit that cannot be */
export async function registerSigningKey(context: IdentityContext, trx: Trx, { app, name, limits, actor, publicKey }: NewKey & { readonly publicKey: string }): Promise<KeyRow> {
  return writeKey(context, trx, { app, name, limits: checkLimits(context, limits), material: materialOf(context, publicKey), actor })
}

/** Writes a key with its evidence. */
export async function writeKey(
  { clock, random, evidence }: IdentityContext, trx: Trx,
  { app, name, limits, material, actor, replaces }: Omit<NewKey, 'limits'> & { limits: KeyLimits; material: Material; replaces?: string },
): Promise<KeyRow> {
  const row: KeyRow = {
    id: uuidv7(clock, random), app_id: app.id, name, prefix: material.prefix, algorithm: material.algorithm,
    scopes: limits.scopes && [...limits.scopes], entry_codes: limits.entryCodes && [...limits.entryCodes], addresses: [...limits.addresses],
    created_at: clock.now(), expires_at: limits.expiresAt, revoked_at: null, last_used_at: null, replaced_by: null,
  }
  await insertKey(trx, row, material.proof)
  await evidence.record(trx, {
    chain: 'decision', action: 'identity.key.made', actor, parties: partiesOf(app.organisation_code),
    subject: { type: 'key', id: row.id, title: `${app.name} · ${name}` },
    detail: {
      appId: app.id, prefix: row.prefix, expiresAt: limits.expiresAt.toISOString(), ...(row.algorithm === null ? {} : { algorithm: row.algorithm }),
      ...(row.scopes === null ? {} : { scopes: row.scopes }), ...(row.entry_codes === null ? {} : { entryCodes: row.entry_codes }),
      ...(row.addresses.length === 0 ? {} : { addresses: row.addresses }), ...(replaces === undefined ? {} : { replaces }),
    },
  })
  return row
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
