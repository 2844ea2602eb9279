import type { Actor } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction, notify } from '@datong/metadata-store'
import type { AppRow } from './app-store.ts'
import type { IdentityContext } from './context.ts'
import { partiesOf, PLANS_CHANNEL } from './deps.ts'
import { checkLimits } from './key-limits.ts'
import { holdKey, type KeyRow, writeReplaced } from './key-store.ts'
import { materialOf, writeKey } from './keys.ts'

interface Rotation {
  readonly app: AppRow
  readonly keyId: string
  /** How long the old key goes on. */
  readonly overlapHours: number
  readonly expiresAt?: Date | undefined
  /** The new public key; needed exactly when the old one signs. */
  readonly publicKey: string | null
  readonly actor: Actor
}

/**
 * Replaces a key by a new one with the same name and limits. The old one ends after the overlap, or at its own end when
 * that is earlier; all processes hear of it when the transaction commits.
 * @throws AppError `request/not-found`; `request/conflict` when it has ended or was replaced before; `request/invalid`
 */
export async function rotateKey(context: IdentityContext, { app, keyId, overlapHours, expiresAt, publicKey, actor }: Rotation): Promise<{ key: string | null; row: KeyRow; previous: KeyRow }> {
  const { store, clock, evidence, keys } = context
  const result = await inTransaction(store.db, async (trx) => {
    const old = await holdKey(trx, app.id, keyId)
    if (old === undefined) throw new AppError('request/not-found')
    const now = clock.now()
    if (old.revoked_at !== null || old.replaced_by !== null || (old.expires_at !== null && old.expires_at <= now)) throw new AppError('request/conflict')
    if ((old.algorithm === null) !== (publicKey === null)) {
      const message = publicKey === null ? 'is required: the platform never holds the private half' : 'is only for a key that signs'
      throw new AppError('request/invalid', {}, [{ pointer: '/publicKey', code: publicKey === null ? 'required' : 'unknown', message }])
    }
    const limits = checkLimits(context, { scopes: old.scopes ?? undefined, entryCodes: old.entry_codes ?? undefined, addresses: old.addresses, expiresAt })
    const material = materialOf(context, publicKey)
    const row = await writeKey(context, trx, { app, name: old.name, limits, material, actor, replaces: old.id })
    const after = new Date(now.getTime() + overlapHours * 3_600_000)
    const endsAt = old.expires_at !== null && old.expires_at < after ? old.expires_at : after
    await writeReplaced(trx, old.id, row.id, endsAt)
    await evidence.record(trx, {
      chain: 'decision', action: 'identity.key.replaced', actor, parties: partiesOf(app.organisation_code),
      subject: { type: 'key', id: old.id, title: `${app.name} · ${old.name}` },
      detail: { appId: app.id, prefix: old.prefix, replacedBy: row.id, endsAt: endsAt.toISOString() },
    })
    await notify(trx, PLANS_CHANNEL, JSON.stringify({ key: old.id }))
    return { key: material.secret, row, previous: { ...old, replaced_by: row.id, expires_at: endsAt } }
  })
  keys.forget(keyId)
  return result
}
