import type { Subscription } from '@datong/metadata-store'
import { type IdentityDeps, PLANS_CHANNEL } from './deps.ts'
import { type KeyRecord, keyRecordOf } from './key-record.ts'
import { findKeyByHash, findKeyById, type StoredKey, writeLastUsed } from './key-store.ts'

const MAX_KEYS = 20_000
/** Last uses are coarse on purpose: one write a minute a key, however often it calls. */
const FLUSH_EVERY_MS = 60_000

type Found = KeyRecord | undefined | Promise<KeyRecord | undefined>

/** Keys, remembered only while their revocation would surely be heard of. One that is remembered is found without waiting. */
export interface KeyCache {
  /** @param hash SHA-256 of a secret key, base64 */
  findByHash(hash: string): Found
  findById(keyId: string): Found
  forget(keyId: string): void
  /** Notes that a key was used. */
  touch(keyId: string): void
  start(): Promise<void>
  stop(): Promise<void>
}

export function createKeyCache({ store, clock, log }: IdentityDeps): KeyCache {
  const records = new Map<string, KeyRecord>()
  const uses = new Map<string, Date>()
  let trusted = false
  let generation = 0
  let subscription: Subscription | undefined
  let timer: NodeJS.Timeout | undefined

  const clear = (): void => {
    generation++
    records.clear()
  }
  const forget = (keyId: string): void => {
    generation++
    for (const [hash, record] of records) if (record.keyId === keyId) records.delete(hash)
  }
  const hear = (payload: string): void => {
    const keyId = keyIn(payload)
    if (keyId !== undefined) forget(keyId)
  }
  const flush = async (): Promise<void> => {
    const batch = new Map(uses)
    uses.clear()
    if (batch.size > 0) await writeLastUsed(store.db, batch)
  }

  const read = async (name: string, find: () => Promise<StoredKey | undefined>): Promise<KeyRecord | undefined> => {
    const before = generation
    const stored = await find()
    if (stored === undefined) return undefined
    const record = keyRecordOf(stored)
    // A revocation that was heard meanwhile may be newer than what was just read.
    if (trusted && before === generation) {
      if (records.size >= MAX_KEYS) records.clear()
      records.set(name, record)
    }
    return record
  }

  return {
    forget,
    findByHash: (hash) => records.get(hash) ?? read(hash, () => findKeyByHash(store.db, Buffer.from(hash, 'base64'))),
    findById: (keyId) => records.get(keyId) ?? read(keyId, () => findKeyById(store.db, keyId)),
    touch: (keyId) => {
      if (!uses.has(keyId)) uses.set(keyId, clock.now())
    },
    start: async () => {
      const trust = (value: boolean) => (): void => {
        trusted = value
        clear()
      }
      subscription = await store.listen(PLANS_CHANNEL, hear, { onLost: trust(false), onRestored: trust(true) })
      trusted = true
      timer = setInterval(() => void flush().catch((error: unknown) => log.warn({ err: error }, 'uses of keys could not be noted')), FLUSH_EVERY_MS)
      timer.unref()
    },
    stop: async () => {
      clearInterval(timer)
      trusted = false
      clear()
      await subscription?.close()
      await flush()
    },
  }
}

/** The key of a message `{"key": id}`; messages about other things are none of ours. */
function keyIn(payload: string): string | undefined {
  try {
    const message: unknown = JSON.parse(payload)
    return typeof message === 'object' && message !== null && 'key' in message && typeof message.key === 'string' ? message.key : undefined
  } catch {
    return undefined
  }
}
