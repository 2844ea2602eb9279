import type { FormStanding } from '@datong/contracts'
import { endOfChinaDay, workingDaysBetween, type WorkingCalendar } from '@datong/kernel'
import { endOfLimit, recountClock, soonAt } from '../../../platform/working-clock.ts'
import type { DueColumns, FormTaskRecord } from './tables.ts'

/** The end of a day that the bureau chose, or of the next working day behind it. */
export const dueOnDay = (day: string, calendar: WorkingCalendar): DueColumns => ({ counts_from: endOfChinaDay(day), counts_days: 0, due_at: endOfLimit(endOfChinaDay(day), 0, calendar) })

/** So many working days from now on. */
export const dueIn = (days: number, now: Date, calendar: WorkingCalendar): DueColumns => ({ counts_from: now, counts_days: days, due_at: endOfLimit(now, days, calendar) })

export const NEVER_DUE: DueColumns = { counts_from: null, counts_days: 0, due_at: null }

export const isLater = (one: DueColumns, other: DueColumns): boolean => other.due_at !== null && (one.due_at === null || one.due_at > other.due_at)

/** The same end by a calendar that changed meanwhile; nobody becomes late by the change itself. */
export function recountedDue({ due_at, counts_from, counts_days }: DueColumns, now: Date, calendar: WorkingCalendar): Date | null {
  if (due_at === null || counts_from === null) return due_at
  return recountClock({ dueAt: due_at, countsFrom: counts_from, countsDays: counts_days, stoppedAt: null }, now, calendar).dueAt
}

type Part = Pick<FormTaskRecord, 'state' | 'due_at' | 'asked_at' | 'first_submitted_at' | 'first_due_at'>

/** Whether a part still owes what it is asked for. */
export const isOwed = ({ state }: Pick<Part, 'state'>): boolean => state === 'filling' || state === 'returned'

/** How a part stands beside its day. What was handed in is judged by when it first was, though it was handed back since. */
export function standingOf(part: Part, now: Date, calendar: WorkingCalendar): { readonly standing: FormStanding; readonly workingDays: number | null } {
  if (!isOwed(part)) {
    const { first_submitted_at: at, first_due_at: due } = part
    return at === null || due === null ? { standing: 'handed-in', workingDays: null } : { standing: at > due ? 'handed-in-late' : 'handed-in', workingDays: workingDaysBetween(at, due, calendar) }
  }
  const { due_at: dueAt, asked_at: askedAt } = part
  if (dueAt === null) return { standing: 'undated', workingDays: null }
  const workingDays = workingDaysBetween(now, dueAt, calendar)
  if (now > dueAt) return { standing: 'late', workingDays }
  const soon = soonAt({ workingDays: Math.max(0, workingDaysBetween(askedAt, dueAt, calendar)), dueAt }, calendar)
  return { standing: now >= soon ? 'soon' : 'in-time', workingDays }
}
