import { AppError, chinaDay, endOfChinaDay, type Clock } from '@datong/kernel'
import type { Counts, Today } from './counters.ts'
import { createMemoryCounters } from './memory-counters.ts'
import { createRedisCounters, type RedisClient } from './redis-counters.ts'

export interface Quota {
  readonly perSecond: number
  readonly perDay: number
  /** Calls in all; without it there is no end. */
  readonly total?: number
}

/** What was used before this process began to count. */
export interface Used {
  /** Calls of today that the counter does not know yet; asked once a key and day. */
  today(): Promise<number>
  /** Calls of all days before today; asked once a key and day, and only where there is a total. */
  before(): Promise<number>
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
   * Takes one call from all quotas; at once when the counters are in memory and know the key.
   * @throws AppError `delivery/quota-exceeded` with `retryAfterSeconds`, `delivery/quota-used-up` when the total is reached
   */
  take(key: string, quota: Quota, used: Used): Taken | Promise<Taken>
}

/** Keys with a total whose earlier days are remembered. */
const MAX_KEPT = 20_000

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

  /** What was used on the days before; kept for the day. */
  const before = new Map<string, { day: string; calls: Promise<number> }>()

  async function judgeTotal(key: string, quota: Quota, at: Today, counts: Counts | Promise<Counts>, used: Used): Promise<Taken> {
    let known = before.get(key)
    if (known === undefined || known.day !== at.day) {
      if (before.size >= MAX_KEPT) before.clear()
      known = { day: at.day, calls: used.before() }
      before.set(key, known)
      known.calls.catch(() => before.delete(key))
    }
    const [found, earlier] = await Promise.all([counts, known.calls])
    const taken = judge(found, quota, at)
    if (earlier + (found.day ?? 0) > quota.total!) throw new AppError('delivery/quota-used-up', { limit: quota.total! }) // only called with one
    return taken
  }

  return {
    take(key, quota, used) {
      const at = today()
      const counts = counters.count(key, quota.perSecond, at, used.today)
      if (quota.total !== undefined) return judgeTotal(key, quota, at, counts, used)
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
