import type { Clock } from '@datong/kernel'

/** A clock that tells of days gone by while a history is made, and the true time from then on. It never goes back. */
export interface StoryClock extends Clock {
  /** Jumps to an instant of the story, unless it is later than that already. From there it runs on. */
  goTo(at: Date): void
  /** The story is over. */
  returnToPresent(): void
}

export function createStoryClock(system: Clock): StoryClock {
  let behindMs = 0
  const now = (): Date => new Date(system.now().getTime() - behindMs)
  return {
    now,
    goTo: (at) => {
      const present = system.now().getTime()
      const target = Math.max(at.getTime(), behindMs === 0 ? Number.NEGATIVE_INFINITY : now().getTime())
      behindMs = Math.max(0, present - target)
    },
    returnToPresent: () => {
      behindMs = 0
    },
  }
}
