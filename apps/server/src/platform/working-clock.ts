import type { ClockView } from '@datong/contracts'
import { chinaDay, dueAfterWorkingDays, endOfChinaDay, isWorkingDay, workingDaysBetween, type WorkingCalendar } from '@datong/kernel'

type ClockKind = ClockView['kind']

/** A limit in working days, with the rule that sets it. */
export interface Limit {
  readonly workingDays: number
  readonly source: string
}

/**
 * A clock in working days. It keeps the limit that it began with, whatever the settings become. `dueAt` is the end of a
 * working day in China; while the clock is paused it is what it was at the pause.
 */
export interface ClockRecord<Kind extends ClockKind = ClockKind> {
  readonly kind: Kind
  /** The whole limit, the extension included. */
  readonly workingDays: number
  readonly extendedBy: number
  readonly startedAt: Date
  readonly pausedAt: Date | null
  readonly dueAt: Date
  /** `dueAt` is so many working days after this instant, by the calendar that it was last counted with. */
  readonly countsFrom: Date
  readonly countsDays: number
  readonly stoppedAt: Date | null
  readonly source: string
}

const later = (a: Date, b: Date): Date => (a > b ? a : b)

/** The end of the limit that begins at `from`; never on a day that is not worked. */
export const endOfLimit = (from: Date, workingDays: number, calendar: WorkingCalendar): Date =>
  dueAfterWorkingDays(from, workingDays === 0 && !isWorkingDay(chinaDay(from), calendar) ? 1 : workingDays, calendar)

/** The end of the last working day from which `late` working days are counted up to `now`. */
function endBefore(now: Date, late: number, calendar: WorkingCalendar): Date {
  let day = chinaDay(now)
  for (let left = late; ; ) {
    if (isWorkingDay(day, calendar) && left-- === 0) return endOfChinaDay(day)
    day = chinaDay(new Date(endOfChinaDay(day).getTime() - 86_400_000))
  }
}

/** A clock that begins now. */
export const startClock = <Kind extends ClockKind>(kind: Kind, { workingDays, source }: Limit, now: Date, calendar: WorkingCalendar): ClockRecord<Kind> => ({
  kind, workingDays, extendedBy: 0, startedAt: now, pausedAt: null, dueAt: endOfLimit(now, workingDays, calendar), countsFrom: now, countsDays: workingDays, stoppedAt: null, source,
})

/** A clock that begins now and ends with a given day, or with the next working day after it. */
export const startClockUntil = <Kind extends ClockKind>(kind: Kind, until: Date, source: string, now: Date, calendar: WorkingCalendar): ClockRecord<Kind> => {
  const dueAt = endOfLimit(until, 0, calendar)
  return {
    kind, workingDays: Math.max(0, workingDaysBetween(now, dueAt, calendar)), extendedBy: 0, startedAt: now, pausedAt: null, dueAt, countsFrom: until, countsDays: 0,
    stoppedAt: null, source,
  }
}

const isStopped = (clock: ClockRecord): boolean => clock.stoppedAt !== null

/** Stands still from now on. A clock that stands still or was stopped stays as it is. */
export const pauseClock = <Kind extends ClockKind>(clock: ClockRecord<Kind>, now: Date): ClockRecord<Kind> =>
  isStopped(clock) || clock.pausedAt !== null ? clock : { ...clock, pausedAt: later(now, clock.startedAt) }

/**
 * Runs on with what was left at the pause: the same number of working days, or the same lateness. A computer's clock that
 * jumped back behind the pause counts as standing at the pause.
 */
export function resumeClock<Kind extends ClockKind>(clock: ClockRecord<Kind>, now: Date, calendar: WorkingCalendar): ClockRecord<Kind> {
  if (isStopped(clock) || clock.pausedAt === null) return clock
  const from = later(now, clock.pausedAt)
  const left = workingDaysBetween(clock.pausedAt, clock.dueAt, calendar)
  const inTime = clock.pausedAt <= clock.dueAt
  const dueAt = inTime ? endOfLimit(from, left, calendar) : endBefore(from, Math.max(1, -left), calendar)
  if (dueAt <= clock.dueAt) return { ...clock, pausedAt: null }
  return { ...clock, pausedAt: null, dueAt, ...(inTime ? { countsFrom: from, countsDays: left } : { countsFrom: dueAt, countsDays: 0 }) }
}

/** Puts working days at the end of the limit. */
export const extendClock = <Kind extends ClockKind>(clock: ClockRecord<Kind>, workingDays: number, calendar: WorkingCalendar): ClockRecord<Kind> => ({
  ...clock,
  workingDays: clock.workingDays + workingDays,
  extendedBy: clock.extendedBy + workingDays,
  dueAt: dueAfterWorkingDays(clock.dueAt, workingDays, calendar),
  // Without days of its own the end stands on the next working day, from where the new ones count.
  countsFrom: clock.countsDays === 0 ? clock.dueAt : clock.countsFrom,
  countsDays: clock.countsDays + workingDays,
})

/**
 * The clock by a calendar that changed: its end is where its working days end now. Nobody becomes late by the change: an
 * end never moves to before today. What was stopped stays.
 */
export function recountClock<Clock extends Pick<ClockRecord, 'dueAt' | 'countsFrom' | 'countsDays' | 'stoppedAt'>>(clock: Clock, now: Date, calendar: WorkingCalendar): Clock {
  if (clock.stoppedAt !== null) return clock
  const counted = endOfLimit(clock.countsFrom, clock.countsDays, calendar)
  const today = endOfChinaDay(chinaDay(now))
  const dueAt = counted >= clock.dueAt || counted >= today ? counted : clock.dueAt <= today ? clock.dueAt : today
  return dueAt.getTime() === clock.dueAt.getTime() ? clock : { ...clock, dueAt }
}

/** The last third of a clock begins with this instant: so many working days are left then. */
export function soonAt({ workingDays, dueAt }: Pick<ClockRecord, 'workingDays' | 'dueAt'>, calendar: WorkingCalendar): Date {
  const DAY_MS = 86_400_000
  let day = chinaDay(dueAt)
  for (let left = Math.floor(workingDays / 3); left > 0;) {
    if (isWorkingDay(day, calendar)) left--
    day = chinaDay(new Date(endOfChinaDay(day).getTime() - DAY_MS))
  }
  return new Date(endOfChinaDay(day).getTime() - DAY_MS + 1)
}

/** When no notice is given in time the material counts as complete: that clock ends by itself. */
const lapsed = <Kind extends ClockKind>(clock: ClockRecord<Kind>, now: Date): ClockRecord<Kind> =>
  clock.kind === 'notice' && !isStopped(clock) && now > clock.dueAt ? { ...clock, stoppedAt: clock.dueAt } : clock

/** Ends for good, with the reading of the moment; a clock that stands still ends with that of its pause, one that ended by itself has that of its end. */
export function stopClock<Kind extends ClockKind>(running: ClockRecord<Kind>, now: Date): ClockRecord<Kind> {
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
