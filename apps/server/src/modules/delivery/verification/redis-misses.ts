import { chinaDay, endOfChinaDay, type Clock } from '@datong/kernel'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { HOUR_S, type Misses, type MissLimits, refuseGuess } from './miss-limits.ts'

export type RedisClient = ConstructorParameters<typeof RateLimiterRedis>[0]['storeClient']

/** Counts the misses of all processes that share a Redis. */
export function createRedisMisses(clock: Clock, redis: RedisClient, limits: MissLimits): Misses {
  // The library's own limit is out of reach: the counts are compared here.
  const counter = (keyPrefix: string, duration: number) => new RateLimiterRedis({ keyPrefix, points: Number.MAX_SAFE_INTEGER, duration, storeClient: redis })
  const byIdentifier = counter('dt:mi', 86_400)
  const byGrant = counter('dt:mg', HOUR_S)

  function today(): { day: string; msLeft: number } {
    const now = clock.now()
    const day = chinaDay(now)
    return { day, msLeft: endOfChinaDay(day).getTime() - now.getTime() }
  }

  async function requireBelow(grantId: string, identifier: () => string): Promise<void> {
    const { day, msLeft } = today()
    const [grant, one] = await Promise.all([byGrant.get(grantId), byIdentifier.get(`${grantId}:${day}:${identifier()}`)])
    if ((one?.consumedPoints ?? 0) >= limits.perIdentifierAndDay) refuseGuess('identifier', limits.perIdentifierAndDay, msLeft)
    if (grant !== null && grant.consumedPoints >= limits.perGrantAndHour) refuseGuess('grant', limits.perGrantAndHour, grant.msBeforeNext)
  }

  return {
    admit: requireBelow,
    async settle(grantId, identifier, match) {
      if (match) {
        await requireBelow(grantId, identifier)
        return null
      }
      const { day, msLeft } = today()
      const customDuration = Math.max(1, Math.ceil(msLeft / 1_000))
      const [grant, one] = await Promise.all([
        byGrant.consume(grantId, 1), byIdentifier.consume(`${grantId}:${day}:${identifier()}`, 1, { customDuration }),
      ])
      if (one.consumedPoints > limits.perIdentifierAndDay) refuseGuess('identifier', limits.perIdentifierAndDay, msLeft)
      if (grant.consumedPoints > limits.perGrantAndHour) refuseGuess('grant', limits.perGrantAndHour, grant.msBeforeNext)
      if (grant.consumedPoints === limits.perGrantAndHour) return 'grant'
      return one.consumedPoints === limits.perIdentifierAndDay ? 'identifier' : null
    },
  }
}
