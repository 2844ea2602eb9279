import type { ClockView } from '@datong/contracts'
import { chinaDay, dueAfterWorkingDays, endOfChinaDay, isWorkingDay, workingDaysBetween, type WorkingCalendar } from '@datong/kernel'

/** Kinds of clocks that an application has. */
export type ClockKind = 'notice' | 'answer-unconditional' | 'answer-conditional' | 'delivery'

/** A limit in working days, with the rule that sets it. */
export interface Limit {
  readonly workingDays: number
  readonly source: string
}

/**
 * A clock in working days. It keeps the limit that it began with, whatever the settings become. `dueAt` is the end of a
 * working day in China; while the clock is paused it is what it was at the pause.
 */
export interface ClockRecord {
  readonly kind: ClockKind
  /** The whole limit, the extension included. */
  readonly workingDays: number
  readonly extendedBy: number
  readonly startedAt: Date
  readonly pausedAt: Date | null
  readonly dueAt: Date
  readonly stoppedAt: Date | null
  readonly source: string
}

const later = (a: Date, b: Date): Date => (a > b ? a : b)

/** The end of the limit that begins at `from`; never on a day that is not worked. */
const endOf = (from: Date, workingDays: number, calendar: WorkingCalendar): Date =>
  dueAfterWorkingDays(from, workingDays === 0 && !isWorkingDay(chinaDay(from), calendar) ? 1 : workingDays, calendar)

/** The end of the last working day from which `late` working days are counted up to `now`. */
function endBefore(now: Date, late: number, calendar: WorkingCalendar): Date {
  let day = chinaDay(now)
  for (let left = late; ; ) {
    if (isWorkingDay(day, calendar) && left-- === 0) return endOfChinaDay(day)
    day = chinaDay(new Date(endOfChinaDay(day).getTime() - 86_400_000))
  }
}

export const startClock = (kind: ClockKind, { workingDays, source }: Limit, now: Date, calendar: WorkingCalendar): ClockRecord => ({
  kind, workingDays, extendedBy: 0, startedAt: now, pausedAt: null, dueAt: endOf(now, workingDays, calendar), stoppedAt: null, source,
})

const isStopped = (clock: ClockRecord): boolean => clock.stoppedAt !== null

/** Stands still from now on. A clock that stands still or was stopped stays as it is. */
export const pauseClock = (clock: ClockRecord, now: Date): ClockRecord =>
  isStopped(clock) || clock.pausedAt !== null ? clock : { ...clock, pausedAt: later(now, clock.startedAt) }

/**
 * Runs on with what was left at the pause: the same number of working days, or the same lateness. A computer's clock that
 * jumped back behind the pause counts as standing at the pause.
 */
export function resumeClock(clock: ClockRecord, now: Date, calendar: WorkingCalendar): ClockRecord {
  if (isStopped(clock) || clock.pausedAt === null) return clock
  const from = later(now, clock.pausedAt)
  const left = workingDaysBetween(clock.pausedAt, clock.dueAt, calendar)
  const dueAt = clock.pausedAt <= clock.dueAt ? endOf(from, left, calendar) : endBefore(from, Math.max(1, -left), calendar)
  return { ...clock, pausedAt: null, dueAt: later(dueAt, clock.dueAt) }
}

/** Puts working days at the end of the limit. */
export const extendClock = (clock: ClockRecord, workingDays: number, calendar: WorkingCalendar): ClockRecord => ({
  ...clock,
  workingDays: clock.workingDays + workingDays,
  extendedBy: clock.extendedBy + workingDays,
  dueAt: dueAfterWorkingDays(clock.dueAt, workingDays, calendar),
})

/** When no notice is given in time the material counts as complete: that clock ends by itself. */
const lapsed = (clock: ClockRecord, now: Date): ClockRecord =>
  clock.kind === 'notice' && !isStopped(clock) && now > clock.dueAt ? { ...clock, stoppedAt: clock.dueAt } : clock

/** Ends for good, with the reading of the moment; a clock that stands still ends with that of its pause, one that ended by itself has that of its end. */
export function stopClock(running: ClockRecord, now: Date): ClockRecord {
  const clock = lapsed(running, now)
  return isStopped(clock) ? clock : { ...clock, stoppedAt: clock.pausedAt ?? later(now, clock.startedAt), pausedAt: null }
}

/** The clock as it stands at `now`. */
export function viewClock(record: ClockRecord, now: Date, calendar: WorkingCalendar): ClockView {
  const clock = lapsed(record, now)
  const readAt = clock.stoppedAt ?? clock.pausedAt ?? later(now, clock.startedAt)
  return {
    kind: clock.kind,
    state: clock.stoppedAt !== null ? 'stopped' : clock.pausedAt !== null ? 'paused' : 'running',
    startedAt: clock.startedAt.toISOString(),
    dueAt: clock.dueAt.toISOString(),
    workingDays: clock.workingDays,
    ...(clock.extendedBy > 0 ? { extendedBy: clock.extendedBy } : {}),
    workingDaysLeft: workingDaysBetween(readAt, clock.dueAt, calendar),
    late: readAt > clock.dueAt,
    source: clock.source,
  }
}
