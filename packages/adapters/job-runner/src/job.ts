/** How a kind of job is queued, retried and given up. */
export interface JobSettings {
  /** How often to try again after the first failure or crash; 3 by default. */
  readonly retryLimit?: number
  /** Wait before the first retry, in seconds, doubled each time; 1 by default. A job left by a dead process does not wait. */
  readonly retryDelaySeconds?: number
  /** Longest run of one attempt, in seconds; 900 by default. */
  readonly expireInSeconds?: number
  /** After how many seconds without a sign of life an attempt counts as dead, at least 10; 30 by default. */
  readonly heartbeatSeconds?: number
  /** How many of these jobs one process works on at a time; 1 by default. */
  readonly concurrency?: number
  /**
   * What a second job with the same `key` does while one waits or runs: `standard` jobs know no keys; `short` admits one
   * waiting, `singleton` one running, `exclusive` one waiting or running.
   */
  readonly policy?: 'standard' | 'short' | 'singleton' | 'exclusive'
}

/** A kind of job: its queue's name and settings, and the type of its data (plain JSON). */
export interface Job<Data extends object> {
  readonly name: string
  readonly settings: JobSettings
  /** Carries the type only; never set. */
  readonly dataType?: Data
}

/** Declares a kind of job. Names consist of letters, digits and `-_./`, such as `collection/load-file`. */
export function defineJob<Data extends object>(name: string, settings: JobSettings = {}): Job<Data> {
  return { name, settings }
}

/** What a handler learns about its attempt. */
export interface JobContext {
  /** Stays the same over all attempts: use it to do a thing once. */
  readonly jobId: string
  /** 1 for the first attempt. */
  readonly attempt: number
  /** True when a failure now is final. */
  readonly isLastAttempt: boolean
  /** Aborted when the attempt has expired or the runner stops without waiting longer. */
  readonly signal: AbortSignal
}

/**
 * Does a job; a rejection fails the attempt. It may run more than once for one job (a crash between its commit and the
 * note that it is done), so what it does must bear repeating.
 */
export type JobHandler<Data extends object> = (data: Data, context: JobContext) => Promise<void>
