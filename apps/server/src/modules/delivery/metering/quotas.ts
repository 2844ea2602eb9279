import { AppError, chinaDay, endOfChinaDay, type Clock } from '@datong/kernel'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'

export interface Quota {
  readonly perSecond: number
  readonly perDay: number
}

/** What the public may take without a key, by address, when no setting says otherwise. */
export const DEFAULT_PUBLIC_QUOTA: Quota = { perSecond: 20, perDay: 20_000 }

/** Counts calls by second and by day in China; exact across processes when the counters live in Redis. */
export interface Quotas {
  /**
   * Takes one call from both quotas.
   * @param usedToday calls of today that the counter does not know yet (after a restart); asked once a key and day
   * @throws AppError `delivery/quota-exceeded` with `retryAfterSeconds`
   */
  take(key: string, quota: Quota, usedToday: () => Promise<number>): Promise<{ readonly remainingToday: number }>
}

type RedisClient = ConstructorParameters<typeof RateLimiterRedis>[0]['storeClient']

/** A counter that answers how often a key was used within its running window. */
type Counter = Pick<RateLimiterAbstract, 'consume' | 'penalty'>

export function createQuotas({ clock, redis }: { clock: Clock; redis?: RedisClient }): Quotas {
  // The library's own limit is out of reach: the limit belongs to the grant and is compared here.
  const counter = (keyPrefix: string, duration: number): Counter => {
    const options = { keyPrefix, points: Number.MAX_SAFE_INTEGER, duration }
    return redis === undefined ? new RateLimiterMemory(options) : new RateLimiterRedis({ ...options, storeClient: redis })
  }
  const seconds = counter('dt:s', 1)
  const days = counter('dt:d', 86_400)
  const primed = new Map<string, Promise<void>>()
  let primedDay = ''

  /** Adds what was used before this process began to count; a counter in Redis has seen it all itself. */
  async function prime(key: string, day: string, untilMidnight: number, usedToday: () => Promise<number>): Promise<void> {
    if (redis !== undefined) return
    if (day !== primedDay) {
      primed.clear()
      primedDay = day
    }
    let running = primed.get(key)
    if (running === undefined) {
      running = usedToday().then(async (used) => {
        if (used > 0) await days.penalty(`${key}:${day}`, used, { customDuration: untilMidnight })
      })
      running.catch(() => primed.delete(key))
      primed.set(key, running)
    }
    await running
  }

  return {
    async take(key, quota, usedToday) {
      const now = clock.now()
      const day = chinaDay(now)
      const untilMidnight = Math.max(1, Math.ceil((endOfChinaDay(day).getTime() - now.getTime()) / 1000))
      await prime(key, day, untilMidnight, usedToday)
      const second = await seconds.consume(key, 1)
      if (second.consumedPoints > quota.perSecond) {
        throw new AppError('delivery/quota-exceeded', { window: 'second', limit: quota.perSecond, retryAfterSeconds: Math.max(1, Math.ceil(second.msBeforeNext / 1000)) })
      }
      const today: RateLimiterRes = await days.consume(`${key}:${day}`, 1, { customDuration: untilMidnight })
      if (today.consumedPoints > quota.perDay) {
        throw new AppError('delivery/quota-exceeded', { window: 'day', limit: quota.perDay, retryAfterSeconds: untilMidnight })
      }
      return { remainingToday: quota.perDay - today.consumedPoints }
    },
  }
}
