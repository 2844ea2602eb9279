import type { WorkingCalendar } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import { nationalCalendar } from '../../platform/calendar.ts'
import { readDays, type SetDay } from './calendar-store.ts'

/** Clocks look back over what runs since last year, and forward over limits of a year. */
const YEARS_BACK = 3
const YEARS_AHEAD = 3

/** The national calendar with the days that the bureau set: theirs count whatever the nation's say. */
export function calendarWith(days: readonly Pick<SetDay, 'day' | 'kind'>[], year: number): WorkingCalendar {
  const { holidays, workdays } = nationalCalendar(year - YEARS_BACK, year + YEARS_AHEAD)
  const [off, worked] = [new Set(holidays), new Set(workdays)]
  for (const { day, kind } of days) {
    off.delete(day)
    worked.delete(day)
    ;(kind === 'holiday' ? off : worked).add(day)
  }
  return { holidays: off, workdays: worked }
}

/** A working calendar whose days are always those of the last reading, so that whoever holds it counts with the newest. */
export function createLiveCalendar(db: Db, now: () => Date) {
  let current = calendarWith([], now().getUTCFullYear())
  const calendar: WorkingCalendar = {
    get holidays() {
      return current.holidays
    },
    get workdays() {
      return current.workdays
    },
  }
  return {
    calendar,
    async refresh(): Promise<void> {
      current = calendarWith(await readDays(db), now().getUTCFullYear())
    },
  }
}
