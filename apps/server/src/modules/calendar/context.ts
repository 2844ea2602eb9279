import { defineJob, type JobRunner } from '@datong/job-runner'
import type { Clock } from '@datong/kernel'
import type { Log, Store } from '@datong/metadata-store'
import type { Evidence } from '../evidence/index.ts'

/** How many running clocks of a department have another end now. */
export interface Recounted {
  /** Null: the bureau's own, or a person's. */
  readonly organisation: string | null
  readonly count: number
}

export interface CalendarDeps {
  readonly store: Store
  readonly evidence: Pick<Evidence, 'record'>
  readonly jobs: Pick<JobRunner, 'work' | 'enqueue'>
  readonly clock: Clock
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>
  /** Counts the running clocks of the modules anew; what is counted already stays. */
  readonly recount: () => Promise<readonly Recounted[]>
  /** Tells those whose clocks end otherwise now; `key` names the happening. */
  readonly tell: (recounted: readonly Recounted[], key: string) => Promise<void>
}

export type CalendarContext = CalendarDeps

/** Tells all processes to read the days anew. */
export const CALENDAR_CHANNEL = 'datong_calendar'

/** One waits at a time: it counts with the newest days whenever it runs. */
export const recountJob = defineJob<Record<string, never>>('calendar/recount', { policy: 'short', retryLimit: 5 })
