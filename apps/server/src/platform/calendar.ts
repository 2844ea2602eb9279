import type { WorkingCalendar } from '@datong/kernel'
import chineseDays from 'chinese-days'

const DAY_MS = 86_400_000

/** A day that the national calendar names: a holiday, or a weekend day worked in exchange. */
export interface NationalDay {
  readonly day: string
  readonly kind: 'holiday' | 'workday'
  readonly name: string
  readonly nameEn: string
}

/** Every day of a year, `YYYY-MM-DD`. */
export function daysOf(year: number): string[] {
  const days: string[] = []
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += DAY_MS) days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

/** What the State Council announced for a year, by the package that keeps it; nothing for a year not announced yet. */
export function nationalDays(year: number): NationalDay[] {
  return daysOf(year).flatMap((day): NationalDay[] => {
    const { work, name } = chineseDays.getDayDetail(day)
    // An announced day bears its festival in both languages, `National Day,国庆节,3`; all others the name of the weekday.
    const [nameEn = '', chinese] = name.split(',')
    return chinese === undefined ? [] : [{ day, kind: work ? 'workday' : 'holiday', name: chinese, nameEn }]
  })
}

/**
 * The national working calendar for the years that the package knows, in the form that the kernel counts with. Years
 * that the State Council has not announced yet have no entries: there Monday to Friday count.
 */
export function nationalCalendar(fromYear: number, toYear: number): WorkingCalendar {
  const holidays = new Set<string>()
  const workdays = new Set<string>()
  for (let year = fromYear; year <= toYear; year++) {
    for (const { day, kind } of nationalDays(year)) (kind === 'holiday' ? holidays : workdays).add(day)
  }
  return { holidays, workdays }
}
