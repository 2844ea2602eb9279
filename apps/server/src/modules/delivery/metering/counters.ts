/** Calls counted so far, this one included, in the windows that run now. */
export interface Counts {
  readonly second: number
  /** Until the window of a second ends, which began with its first call. */
  readonly msToNextSecond: number
  /** Undefined when the second's window was full already: such a call is not counted against the day. */
  readonly day: number | undefined
}

/** Counts one call; at once when nothing has to be asked for. */
export interface Counters {
  count(key: string, perSecond: number, today: Today, usedToday: () => Promise<number>): Counts | Promise<Counts>
}

export interface Today {
  readonly now: number
  /** Calendar day in China. */
  readonly day: string
  /** Seconds. */
  readonly untilMidnight: number
}
