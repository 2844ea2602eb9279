import type { WorkingCalendar } from '@datong/kernel'
import chineseDays from 'chinese-days'

const DAY_MS = 86_400_000

/**
 * The national working calendar for the years that the package knows, in the form that the kernel counts with. Years
 * that the State Council has not announced yet have no entries: there Monday to Friday count.
 */
export function nationalCalendar(fromYear: number, toYear: number): WorkingCalendar {
  const holidays = new Set<string>()
  const workdays = new Set<string>()
  for (let at = Date.UTC(fromYear, 0, 1); at < Date.UTC(toYear + 1, 0, 1); at += DAY_MS) {
    const date = new Date(at)
    const day = date.toISOString().slice(0, 10)
    const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6
    const worked = chineseDays.isWorkday(day)
    if (worked && weekend) workdays.add(day)
    if (!worked && !weekend) holidays.add(day)
  }
  return { holidays, workdays }
}
