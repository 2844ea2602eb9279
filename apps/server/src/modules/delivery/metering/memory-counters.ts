import type { Counters, Counts, Today } from './counters.ts'

const SECOND_MS = 1_000
/** Between sweeps so many calls pass; a key that was not used since the last but one goes. */
const SWEEP_EVERY = 200_000

interface Count {
  secondEnds: number
  second: number
  day: string
  today: number
  /** Set until what was used before this process began is known. */
  priming: Promise<void> | undefined
  /** Sweep in which it was last used. */
  seen: number
}

/** Counters of one process: exact, without a promise on the way. The day's count goes on from what was metered before. */
export function createMemoryCounters(): Counters {
  const counts = new Map<string, Count>()
  let calls = 0
  let sweeps = 0

  function sweep(): void {
    sweeps++
    for (const [key, { seen }] of counts) if (seen < sweeps - 1) counts.delete(key)
  }

  function take(count: Count, perSecond: number, { now }: Today): Counts {
    // A clock that is set back begins a window of its own.
    if (now >= count.secondEnds || now < count.secondEnds - SECOND_MS) {
      count.secondEnds = now + SECOND_MS
      count.second = 0
    }
    count.second++
    const within = count.second <= perSecond
    if (within) count.today++
    return { second: count.second, msToNextSecond: count.secondEnds - now, day: within ? count.today : undefined }
  }

  function prime(key: string, count: Count, usedToday: () => Promise<number>): Promise<void> {
    count.priming ??= usedToday().then(
      (used) => {
        count.today += used
        count.priming = undefined
      },
      (error: unknown) => {
        counts.delete(key)
        throw error
      },
    )
    return count.priming
  }

  return {
    count(key, perSecond, today, usedToday) {
      if (++calls % SWEEP_EVERY === 0) sweep()
      let count = counts.get(key)
      if (count === undefined || count.day !== today.day) {
        count = { secondEnds: 0, second: 0, day: today.day, today: 0, priming: undefined, seen: sweeps }
        counts.set(key, count)
        const fresh = count
        return prime(key, fresh, usedToday).then(() => take(fresh, perSecond, today))
      }
      count.seen = sweeps
      const known = count
      return known.priming === undefined ? take(known, perSecond, today) : known.priming.then(() => take(known, perSecond, today))
    },
  }
}
