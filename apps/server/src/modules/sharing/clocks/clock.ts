import type { ClockRecord as WorkingClock } from '../../../platform/working-clock.ts'

export { extendClock, type Limit, pauseClock, recountClock, resumeClock, startClock, stopClock, viewClock } from '../../../platform/working-clock.ts'

/** Kinds of clocks that an application has. */
export type ClockKind = 'notice' | 'answer-unconditional' | 'answer-conditional' | 'delivery'

/** A clock of an application. */
export type ClockRecord = WorkingClock<ClockKind>
