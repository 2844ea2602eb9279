const FIRST_MS = 60_000
const LONGEST_MS = 12 * 3_600_000
/** After this many failed tries a batch is given up. */
export const MOST_TRIES = 10
const FACTOR = (LONGEST_MS / FIRST_MS) ** (1 / (MOST_TRIES - 2))

/**
 * How long to wait after the n-th failed try, in milliseconds: from a minute to twelve hours, each wait 2.3 times the one
 * before, a fifth shorter or longer by chance so that receivers are not met by all at once.
 * @param fraction uniform in [0, 1)
 */
export const retryDelayMs = (failed: number, fraction: number): number => Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (failed - 1)) * (0.8 + 0.4 * fraction)
