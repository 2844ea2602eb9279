import { AppError, chinaDay, endOfChinaDay, type Clock } from '@datong/kernel'
import type { Counts, Today } from './counters.ts'
import { createMemoryCounters } from './memory-counters.ts'
import { createRedisCounters, type RedisClient } from './redis-counters.ts'

export interface Quota {
  readonly perSecond: number
  readonly perDay: number
}

/** What the public may take without a key, by address, when no setting says otherwise. */
export const DEFAULT_PUBLIC_QUOTA: Quota = { perSecond: 20, perDay: 20_000 }

/** What is left after a call was taken. */
export interface Taken {
  readonly remainingToday: number
  readonly remainingThisSecond: number
  /** Seconds until the day's quota is whole again. */
  readonly untilMidnight: number
}

/** Counts calls by second and by day in China; exact across processes when the counters live in Redis. */
export interface Quotas {
  /**
   * Takes one call from both quotas; at once when the counters are in memory and know the key.
   * @param usedToday calls of today that the counter does not know yet (after a restart); asked once a key and day
   * @throws AppError `delivery/quota-exceeded` with `retryAfterSeconds`
   */
  take(key: string, quota: Quota, usedToday: () => Promise<number>): Taken | Promise<Taken>
}

export function createQuotas({ clock, redis }: { clock: Clock; redis?: RedisClient }): Quotas {
  const counters = redis === undefined ? createMemoryCounters() : createRedisCounters(redis)
  let dayEnds = 0
  let day = ''

  function today(): Today {
    const now = clock.now()
    const at = now.getTime()
    // A clock that is set back gets its own day, too.
    if (at >= dayEnds || at < dayEnds - 86_400_000) {
      day = chinaDay(now)
      dayEnds = endOfChinaDay(day).getTime()
    }
    return { now: at, day, untilMidnight: Math.max(1, Math.ceil((dayEnds - at) / 1_000)) }
  }

  return {
    take(key, quota, usedToday) {
      const at = today()
      const counts = counters.count(key, quota.perSecond, at, usedToday)
      return counts instanceof Promise ? counts.then((found) => judge(found, quota, at)) : judge(counts, quota, at)
    },
  }
}

function judge({ second, msToNextSecond, day }: Counts, quota: Quota, { untilMidnight }: Today): Taken {
  if (second > quota.perSecond || day === undefined) {
    throw new AppError('delivery/quota-exceeded', { window: 'second', limit: quota.perSecond, retryAfterSeconds: Math.max(1, Math.ceil(msToNextSecond / 1_000)) })
  }
  if (day > quota.perDay) throw new AppError('delivery/quota-exceeded', { window: 'day', limit: quota.perDay, retryAfterSeconds: untilMidnight })
  return { remainingToday: quota.perDay - day, remainingThisSecond: quota.perSecond - second, untilMidnight }
}
