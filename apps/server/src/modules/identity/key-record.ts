import { AppError } from '@datong/kernel'
import type { FastifyRequest } from 'fastify'
import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Caller } from '../../platform/caller.ts'
import { type AddressTest, addressTest } from './addresses.ts'
import type { IdentityDeps } from './deps.ts'
import type { StoredKey } from './key-store.ts'

/** A key made ready for calls: what each call needs of it is made once, when it is read. */
export interface KeyRecord extends Omit<StoredKey, 'publicKey' | 'addresses' | 'expiresAt'> {
  /** Milliseconds since 1970, for comparing instants as dates costs more than the look-up; infinite for none. */
  readonly expiresAtMs: number
  /** Of a signing key. */
  readonly publicKey: KeyObject | null
  /** Whether a call may come from an address; null when it may from anywhere. */
  readonly allows: AddressTest | null
  /** Who calls with it. Of a signing key: with a good signature. */
  readonly caller: Caller
}

export function keyRecordOf({ publicKey, addresses, expiresAt, ...key }: StoredKey): KeyRecord {
  return {
    ...key,
    expiresAtMs: expiresAt?.getTime() ?? Infinity,
    publicKey: publicKey === null ? null : createPublicKey({ key: publicKey, format: 'der', type: 'spki' }),
    allows: addresses.length === 0 ? null : addressTest(addresses),
    caller: {
      actor: { kind: 'application', id: key.appId, name: key.appName, organisation: key.organisation },
      roles: [], organisation: key.organisation, keyId: key.keyId,
      scopes: key.scopes, entryCodes: key.entryCodes === null ? null : new Set(key.entryCodes), signed: key.algorithm !== null,
    },
  }
}

/** @throws AppError `access/key-revoked`, `access/key-expired`, `access/address-not-allowed` when the key does not hold here and now */
export function requireHolding({ clock }: Pick<IdentityDeps, 'clock'>, request: FastifyRequest, record: KeyRecord): void {
  if (record.revokedAt !== null) throw new AppError('access/key-revoked')
  if (record.expiresAtMs <= clock.now().getTime()) throw new AppError('access/key-expired')
  if (record.allows !== null && !record.allows(request.ip)) throw new AppError('access/address-not-allowed')
}
