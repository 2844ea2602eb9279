import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Counters } from './counters.ts'

export type RedisClient = ConstructorParameters<typeof RateLimiterRedis>[0]['storeClient']

/** Counters that processes share; they have seen every call themselves, so nothing is added to them. */
export function createRedisCounters(storeClient: RedisClient): Counters {
  // The library's own limit is out of reach: the limit belongs to the grant and is compared by `quotas.ts`.
  const counter = (keyPrefix: string, duration: number) => new RateLimiterRedis({ keyPrefix, points: Number.MAX_SAFE_INTEGER, duration, storeClient })
  const seconds = counter('dt:s', 1)
  const days = counter('dt:d', 86_400)
  return {
    async count(key, perSecond, { day, untilMidnight }) {
      const second = await seconds.consume(key, 1)
      const within = second.consumedPoints <= perSecond
      const today = within ? await days.consume(`${key}:${day}`, 1, { customDuration: untilMidnight }) : undefined
      return { second: second.consumedPoints, msToNextSecond: second.msBeforeNext, day: today?.consumedPoints }
    },
  }
}
