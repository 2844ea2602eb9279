import { dueAfterWorkingDays, workingDaysBetween, type WorkingCalendar } from '@datong/kernel'
import type { ClockView } from '@datong/contracts'

/** A limit in working days with the rule that sets it. */
interface Deadline {
  readonly workingDays: number
  readonly source: string
}

/** 《政务数据共享条例》, in force since 2025-08-01. */
export const DEADLINES = {
  'answer-unconditional': { workingDays: 1, source: '《政务数据共享条例》：无条件共享类 1 个工作日内答复' },
  'answer-conditional': { workingDays: 10, source: '《政务数据共享条例》：有条件共享类 10 个工作日内答复' },
} as const satisfies Record<string, Deadline>

export type AnswerClock = keyof typeof DEADLINES

/** The running time of an application's answer; it stands still while the applicant owes material. */
export interface AnswerTime {
  readonly kind: AnswerClock
  readonly workingDays: number
  readonly startedAt: Date
  readonly dueAt: Date
  readonly pausedAt: Date | null
  readonly stoppedAt: Date | null
}

export function startClock(kind: AnswerClock, now: Date, calendar: WorkingCalendar): { workingDays: number; startedAt: Date; dueAt: Date } {
  const { workingDays } = DEADLINES[kind]
  return { workingDays, startedAt: now, dueAt: dueAfterWorkingDays(now, workingDays, calendar) }
}

/** The new due time when a paused clock goes on: what was left at the pause is left again. */
export const resumedDueAt = (time: Pick<AnswerTime, 'dueAt'> & { pausedAt: Date }, now: Date, calendar: WorkingCalendar): Date =>
  dueAfterWorkingDays(now, Math.max(0, workingDaysBetween(time.pausedAt, time.dueAt, calendar)), calendar)

export function viewClock(time: AnswerTime, now: Date, calendar: WorkingCalendar): ClockView {
  const readAt = time.stoppedAt ?? time.pausedAt ?? now
  return {
    kind: time.kind,
    state: time.stoppedAt !== null ? 'stopped' : time.pausedAt !== null ? 'paused' : 'running',
    startedAt: time.startedAt.toISOString(),
    dueAt: time.dueAt.toISOString(),
    workingDays: time.workingDays,
    workingDaysLeft: workingDaysBetween(readAt, time.dueAt, calendar),
    late: readAt > time.dueAt,
    source: DEADLINES[time.kind].source,
  }
}
