import { AppError } from '@datong/kernel'

/** How often an answer may be "no" before guessing is assumed. */
export interface MissLimits {
  /** For one identifier (one person, one company) and grant on one day in China. */
  readonly perIdentifierAndDay: number
  /** For one grant within an hour from its first miss. */
  readonly perGrantAndHour: number
}

export const DEFAULT_MISS_LIMITS: MissLimits = { perIdentifierAndDay: 5, perGrantAndHour: 100 }

export const HOUR_S = 3_600

/** @throws AppError `delivery/too-many-misses` with `retryAfterSeconds` */
export function refuseGuess(window: 'identifier' | 'grant', limit: number, retryAfterMs: number): never {
  throw new AppError('delivery/too-many-misses', { window, limit, retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1_000)) })
}

/**
 * Stands for the person or thing asked about in counters, without saying who it is. A function, for making one costs a hash,
 * and most grants have no misses to look it up in.
 */
export type Who = () => string

/**
 * One that is made when it is first asked for, and once. It is kept with answers for minutes, so it holds what was asked and nothing of the
 * request that asked it.
 * @param nameOf a function of a module, which holds nothing either
 */
export function whoOf<T>(asked: T, nameOf: (asked: T) => string): Who {
  let made: string | undefined
  return () => (made ??= nameOf(asked))
}

/** Counts failed verifications. */
export interface Misses {
  /** Before the look-up. @throws AppError `delivery/too-many-misses` with `retryAfterSeconds` */
  admit(grantId: string, identifier: Who): void | Promise<void>
  /**
   * After the look-up, before the answer leaves: whatever was asked at the same time, no more than the allowed misses
   * are told, and nothing after them.
   * @returns which limit this very miss reached, to raise the alarm once
   * @throws AppError `delivery/too-many-misses`
   */
  settle(grantId: string, identifier: Who, match: boolean): Reached | Promise<Reached>
}

export type Reached = 'identifier' | 'grant' | null
