import type { FormRhythm } from '@datong/contracts'
import { chinaDay, dueAfterWorkingDays, endOfChinaDay, type WorkingCalendar } from '@datong/kernel'
import type { FormRecord } from './tables.ts'

/** Rhythms with periods: a month is written `2026-10`, a quarter `2026-Q3`, a year `2026`; of one rhythm they sort as they follow each other. */
export type Recurring = Exclude<FormRhythm, 'once'>

const MONTHS: Readonly<Record<Recurring, number>> = { monthly: 1, quarterly: 3, yearly: 12 }
const PATTERNS: Readonly<Record<Recurring, RegExp>> = { monthly: /^\d{4}-(0[1-9]|1[0-2])$/, quarterly: /^\d{4}-Q[1-4]$/, yearly: /^\d{4}$/ }
const DAY_MS = 86_400_000

export const isPeriodOf = (rhythm: Recurring, period: string): boolean => PATTERNS[rhythm].test(period)

/** Number of a period's first month, counted from January of the year 0. */
function firstMonthOf(period: string): number {
  const [, year = '0', quarter, month] = /^(\d{4})(?:-Q(\d)|-(\d{2}))?$/.exec(period) ?? []
  return Number(year) * 12 + (quarter !== undefined ? (Number(quarter) - 1) * 3 : month !== undefined ? Number(month) - 1 : 0)
}

function periodFrom(month: number, rhythm: Recurring): string {
  const [year, within] = [String(Math.floor(month / 12)).padStart(4, '0'), month % 12]
  if (rhythm === 'yearly') return year
  return rhythm === 'quarterly' ? `${year}-Q${Math.floor(within / 3) + 1}` : `${year}-${String(within + 1).padStart(2, '0')}`
}

/** The period in which an instant lies in China. */
export function periodAt(at: Date, rhythm: Recurring): string {
  const [year = '', month = ''] = chinaDay(at).split('-')
  return periodFrom(Number(year) * 12 + Number(month) - 1, rhythm)
}

/** The period so many after another; before it when below 0. */
export const periodAfter = (period: string, rhythm: Recurring, by = 1): string => periodFrom(firstMonthOf(period) + by * MONTHS[rhythm], rhythm)

/** The last moment of a period in China. */
function endOfPeriod(period: string, rhythm: Recurring): Date {
  const next = firstMonthOf(period) + MONTHS[rhythm]
  return endOfChinaDay(new Date(Date.UTC(Math.floor(next / 12), next % 12, 0)).toISOString().slice(0, 10))
}

/** When the round of a period opens and is due, and from where its working days count. */
export interface RoundPlan {
  readonly period: string
  readonly opensAt: Date
  readonly dueAt: Date
  readonly countsFrom: Date
  readonly countsDays: number
}

type Schedule = Pick<FormRecord, 'opens_day' | 'due_day'>

/** A period is asked for when it is over: from the morning of one working day after it to the end of another. */
export function planOf(period: string, rhythm: Recurring, { opens_day, due_day }: Schedule, calendar: WorkingCalendar): RoundPlan {
  const end = endOfPeriod(period, rhythm)
  const opens = dueAfterWorkingDays(end, opens_day, calendar)
  return { period, opensAt: new Date(opens.getTime() - DAY_MS + 1), dueAt: dueAfterWorkingDays(end, due_day, calendar), countsFrom: end, countsDays: due_day }
}

/**
 * What opens by itself next: the first period behind the last one that can still be met in time. Periods whose day passed meanwhile (the
 * form was closed) are passed over.
 * @param last the latest period that was asked for; null: none was
 */
export function nextRound(last: string | null, rhythm: Recurring, schedule: Schedule, now: Date, calendar: WorkingCalendar): RoundPlan {
  const before = periodAfter(periodAt(now, rhythm), rhythm, -1)
  const following = last === null ? before : periodAfter(last, rhythm)
  // Looking at periods long over one by one would take as long as they are many.
  let plan = planOf(following < periodAfter(before, rhythm, -2) ? periodAfter(before, rhythm, -2) : following, rhythm, schedule, calendar)
  while (plan.dueAt < now) plan = planOf(periodAfter(plan.period, rhythm), rhythm, schedule, calendar)
  return plan
}
