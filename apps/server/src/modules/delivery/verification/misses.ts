import { AppError, chinaDay, endOfChinaDay, type Clock } from '@datong/kernel'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'

/** How often an answer may be "no" before guessing is assumed. */
export interface MissLimits {
  /** For one identifier (one person, one company) and grant on one day in China. */
  readonly perIdentifierAndDay: number
  /** For one grant within an hour from its first miss. */
  readonly perGrantAndHour: number
}

const DEFAULT_MISS_LIMITS: MissLimits = { perIdentifierAndDay: 5, perGrantAndHour: 100 }

const HOUR_S = 3_600

/** Counts failed verifications; exact across processes when the counters live in Redis. */
export interface Misses {
  /** Before the look-up. @throws AppError `delivery/too-many-misses` with `retryAfterSeconds` */
  admit(grantId: string, identifier: string): Promise<void>
  /**
   * After the look-up, before the answer leaves: whatever was asked at the same time, no more than the allowed misses
   * are told, and nothing after them.
   * @returns which limit this very miss reached, to raise the alarm once
   * @throws AppError `delivery/too-many-misses`
   */
  settle(grantId: string, identifier: string, match: boolean): Promise<'identifier' | 'grant' | null>
}

type RedisClient = ConstructorParameters<typeof RateLimiterRedis>[0]['storeClient']
type Counter = Pick<RateLimiterAbstract, 'consume' | 'get'>

export function createMisses({ clock, redis, limits = DEFAULT_MISS_LIMITS }: { clock: Clock; redis?: RedisClient; limits?: MissLimits }): Misses {
  // The library's own limit is out of reach: the counts are compared here.
  const counter = (keyPrefix: string, duration: number): Counter => {
    const options = { keyPrefix, points: Number.MAX_SAFE_INTEGER, duration }
    return redis === undefined ? new RateLimiterMemory(options) : new RateLimiterRedis({ ...options, storeClient: redis })
  }
  const byIdentifier = counter('dt:mi', 86_400)
  const byGrant = counter('dt:mg', HOUR_S)

  function today(): { day: string; secondsLeft: number } {
    const now = clock.now()
    const day = chinaDay(now)
    return { day, secondsLeft: Math.max(1, Math.ceil((endOfChinaDay(day).getTime() - now.getTime()) / 1000)) }
  }
  const refuse = (window: 'identifier' | 'grant', limit: number, retryAfterSeconds: number): never => {
    throw new AppError('delivery/too-many-misses', { window, limit, retryAfterSeconds })
  }

  async function requireBelow(grantId: string, identifier: string): Promise<void> {
    const { day, secondsLeft } = today()
    const [grant, one] = await Promise.all([byGrant.get(grantId), byIdentifier.get(`${grantId}:${day}:${identifier}`)])
    if ((one?.consumedPoints ?? 0) >= limits.perIdentifierAndDay) refuse('identifier', limits.perIdentifierAndDay, secondsLeft)
    if (grant !== null && grant.consumedPoints >= limits.perGrantAndHour) refuse('grant', limits.perGrantAndHour, Math.max(1, Math.ceil(grant.msBeforeNext / 1000)))
  }

  return {
    admit: requireBelow,
    async settle(grantId, identifier, match) {
      if (match) {
        await requireBelow(grantId, identifier)
        return null
      }
      const { day, secondsLeft } = today()
      const [grant, one] = await Promise.all([
        byGrant.consume(grantId, 1), byIdentifier.consume(`${grantId}:${day}:${identifier}`, 1, { customDuration: secondsLeft }),
      ])
      if (one.consumedPoints > limits.perIdentifierAndDay) refuse('identifier', limits.perIdentifierAndDay, secondsLeft)
      if (grant.consumedPoints > limits.perGrantAndHour) refuse('grant', limits.perGrantAndHour, Math.max(1, Math.ceil(grant.msBeforeNext / 1000)))
      if (grant.consumedPoints === limits.perGrantAndHour) return 'grant'
      return one.consumedPoints === limits.perIdentifierAndDay ? 'identifier' : null
    },
  }
}
