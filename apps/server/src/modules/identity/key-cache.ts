import type { Subscription } from '@datong/metadata-store'
import { findKey, type KeyRecord, writeLastUsed } from './app-store.ts'
import { type IdentityDeps, PLANS_CHANNEL } from './deps.ts'

const MAX_KEYS = 20_000
const FLUSH_EVERY_MS = 10_000

/** Keys by their hash, remembered only while their revocation would surely be heard of. */
export interface KeyCache {
  find(keyHash: Buffer): Promise<KeyRecord | undefined>
  forget(keyId: string): void
  /** Notes that a key was used; written down every few seconds. */
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

  return {
    forget,
    find: async (keyHash) => {
      const name = keyHash.toString('base64')
      const known = records.get(name)
      if (known !== undefined) return known
      const before = generation
      const record = await findKey(store.db, keyHash)
      // A revocation that was heard meanwhile may be newer than what was just read.
      if (record !== undefined && trusted && before === generation) {
        if (records.size >= MAX_KEYS) records.clear()
        records.set(name, record)
      }
      return record
    },
    touch: (keyId) => void uses.set(keyId, clock.now()),
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
