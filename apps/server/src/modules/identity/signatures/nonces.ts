import type { Clock } from '@datong/kernel'
import { hash } from 'node:crypto'
import type { SharedNonces } from '../deps.ts'

/** How old a signed message may be, seconds. */
export const SIGNATURE_LIFE_S = 300
/** How far the sender's clock may be ahead, seconds. */
export const CLOCK_SKEW_S = 30
const BUCKET_S = 30
const MOST_NONCES = 500_000

/**
 * What was sent once and must not come again.
 *
 * A process keeps the nonces of each key in half-minutes of their `created` and drops a half-minute when no message of it
 * would be taken any more, or when there are too many. What is dropped raises the key's horizon, and nothing created
 * before the horizon is taken again: neither a clock that jumps forth and back nor a flood of messages opens a gap, and
 * neither does a new start, before which everything counts as dropped.
 */
export interface Nonces {
  /**
   * @param created when the message says it was made, seconds since 1970; the caller has held it against the clock
   * @returns `seen` for what came before, `too-old` for what can no longer be told
   */
  take(keyId: string, nonce: string, created: number): Promise<'fresh' | 'seen' | 'too-old'>
}

interface Memory {
  horizon: number
  size: number
  readonly buckets: Map<number, Set<string>>
}

export function createNonces(clock: Clock, shared: SharedNonces | null, most = MOST_NONCES): Nonces {
  if (shared !== null) {
    const lifeMs = (SIGNATURE_LIFE_S + 2 * CLOCK_SKEW_S) * 1_000
    return { take: async (keyId, nonce, created) => ((await shared.add(`dt:nonce:${keyId}:${nameOf(nonce, created)}`, lifeMs)) ? 'fresh' : 'seen') }
  }
  const memories = new Map<string, Memory>()
  const startedAt = Math.floor(clock.now().getTime() / 1_000)
  let total = 0

  const dropBucket = (memory: Memory, bucket: number): void => {
    const size = memory.buckets.get(bucket)?.size ?? 0
    memory.buckets.delete(bucket)
    memory.size -= size
    total -= size
    memory.horizon = Math.max(memory.horizon, (bucket + 1) * BUCKET_S)
  }
  /** The key with most nonces gives way, so that a flood harms only who makes it. */
  const makeRoom = (): void => {
    let largest: Memory | undefined
    for (const memory of memories.values()) if (largest === undefined || memory.size > largest.size) largest = memory
    if (largest !== undefined && largest.size > 0) dropBucket(largest, Math.min(...largest.buckets.keys()))
  }

  return {
    take: async (keyId, nonce, created) => {
      let memory = memories.get(keyId)
      if (memory === undefined) memories.set(keyId, (memory = { horizon: startedAt, size: 0, buckets: new Map() }))
      const oldest = Math.floor(clock.now().getTime() / 1_000) - SIGNATURE_LIFE_S
      for (const bucket of memory.buckets.keys()) if ((bucket + 1) * BUCKET_S <= oldest) dropBucket(memory, bucket)
      if (created < memory.horizon) return 'too-old'
      const bucket = Math.floor(created / BUCKET_S)
      const known = memory.buckets.get(bucket) ?? new Set<string>()
      const name = nameOf(nonce, created)
      if (known.has(name)) return 'seen'
      memory.buckets.set(bucket, known.add(name))
      memory.size++
      total++
      while (total > most) makeRoom()
      return 'fresh'
    },
  }
}

/** Of a fixed length, for a nonce may be long. */
const nameOf = (nonce: string, created: number): string => hash('sha256', `${created} ${nonce}`, 'base64url').slice(0, 22)
