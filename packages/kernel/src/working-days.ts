/**
 * The exceptions to Monday–Friday of the Chinese calendar: holidays on weekdays, and weekend days that are worked in
 * exchange (调休). Days are `YYYY-MM-DD` in China Standard Time.
 */
export interface WorkingCalendar {
  readonly holidays: ReadonlySet<string>
  readonly workdays: ReadonlySet<string>
}

const DAY_MS = 86_400_000
/** China has one time zone and no summer time. */
const CHINA_OFFSET_MS = 8 * 3_600_000

/** The day that was last asked for, by its number since 1970: most calls ask for today. */
let known = { number: Number.NaN, day: '' }

/** The calendar day in China on which an instant falls, `YYYY-MM-DD`. */
export function chinaDay(at: Date): string {
  const number = Math.floor((at.getTime() + CHINA_OFFSET_MS) / DAY_MS)
  if (known.number !== number) known = { number, day: new Date(number * DAY_MS).toISOString().slice(0, 10) }
  return known.day
}

/** The last millisecond of a calendar day in China. */
export const endOfChinaDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) - CHINA_OFFSET_MS + DAY_MS - 1)

const nextDay = (day: string, step: 1 | -1 = 1): string => new Date(Date.parse(`${day}T00:00:00Z`) + step * DAY_MS).toISOString().slice(0, 10)

export function isWorkingDay(day: string, calendar: WorkingCalendar): boolean {
  if (calendar.workdays.has(day)) return true
  if (calendar.holidays.has(day)) return false
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/**
 * When a limit of `days` working days that starts at `from` ends: the end of the last day. The day of the start does not
 * count (《民法典》 article 201: a period counted in days begins the day after).
 * @param days working days, >= 0
 */
export function dueAfterWorkingDays(from: Date, days: number, calendar: WorkingCalendar): Date {
  let day = chinaDay(from)
  for (let left = days; left > 0; ) {
    day = nextDay(day)
    if (isWorkingDay(day, calendar)) left--
  }
  return endOfChinaDay(day)
}

/**
 * Working days from the day after `from` to the day of `to`: what is left of a limit that ends at `to`. Negative when
 * `to` is past.
 */
export function workingDaysBetween(from: Date, to: Date, calendar: WorkingCalendar): number {
  const start = chinaDay(from)
  const end = chinaDay(to)
  const step = start <= end ? 1 : -1
  let count = 0
  for (let day = start; day !== end; ) {
    if (step === 1) day = nextDay(day)
    if (isWorkingDay(day, calendar)) count += step
    if (step === -1) day = nextDay(day, -1)
  }
  return count
}
