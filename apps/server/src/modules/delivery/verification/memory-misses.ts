import { chinaDay, endOfChinaDay, type Clock } from '@datong/kernel'
import { HOUR_S, type Misses, type MissLimits, refuseGuess } from './miss-limits.ts'

/** What is known of one grant that had a miss; grants without one are not kept. */
interface Known {
  hourEnds: number
  inHour: number
  dayEnds: number
  /** Misses of that day by identifier. */
  readonly ofDay: Map<string, number>
}

/** Between sweeps so many misses pass. */
const SWEEP_EVERY = 10_000

/** Counts the misses of one process: exact, without a promise, and without a step for grants that had none. */
export function createMemoryMisses(clock: Clock, limits: MissLimits): Misses {
  const grants = new Map<string, Known>()
  let misses = 0

  /** The grant's counts in the windows that run now. */
  function current(grantId: string, now: number): Known | undefined {
    const known = grants.get(grantId)
    if (known === undefined) return undefined
    if (now >= known.hourEnds) known.inHour = 0
    if (now >= known.dayEnds) known.ofDay.clear()
    if (known.inHour > 0 || known.ofDay.size > 0) return known
    grants.delete(grantId)
    return undefined
  }

  function begin(grantId: string): Known {
    const known: Known = { hourEnds: 0, inHour: 0, dayEnds: 0, ofDay: new Map() }
    grants.set(grantId, known)
    return known
  }

  function requireBelow(grantId: string, identifier: () => string): void {
    if (grants.size === 0) return
    const now = clock.now().getTime()
    const known = current(grantId, now)
    if (known === undefined) return
    if (known.ofDay.size > 0 && (known.ofDay.get(identifier()) ?? 0) >= limits.perIdentifierAndDay) refuseGuess('identifier', limits.perIdentifierAndDay, known.dayEnds - now)
    if (known.inHour >= limits.perGrantAndHour) refuseGuess('grant', limits.perGrantAndHour, known.hourEnds - now)
  }

  return {
    admit: requireBelow,
    settle(grantId, identifier, match) {
      if (match) {
        requireBelow(grantId, identifier)
        return null
      }
      const at = clock.now()
      const now = at.getTime()
      if (++misses % SWEEP_EVERY === 0) for (const kept of grants.keys()) current(kept, now)
      const known = current(grantId, now) ?? begin(grantId)
      if (known.inHour++ === 0) known.hourEnds = now + HOUR_S * 1_000
      if (known.ofDay.size === 0) known.dayEnds = endOfChinaDay(chinaDay(at)).getTime()
      const who = identifier()
      const ofDay = (known.ofDay.get(who) ?? 0) + 1
      known.ofDay.set(who, ofDay)
      if (ofDay > limits.perIdentifierAndDay) refuseGuess('identifier', limits.perIdentifierAndDay, known.dayEnds - now)
      if (known.inHour > limits.perGrantAndHour) refuseGuess('grant', limits.perGrantAndHour, known.hourEnds - now)
      if (known.inHour === limits.perGrantAndHour) return 'grant'
      return ofDay === limits.perIdentifierAndDay ? 'identifier' : null
    },
  }
}
