import { type CalendarDay, type CalendarYear, operations } from '@datong/contracts'
import { isWorkingDay, type WorkingCalendar } from '@datong/kernel'
import { daysOf, nationalDays } from '../../platform/calendar.ts'
import { type Route, route } from '../../platform/route.ts'
import { readDays, type SetDay } from './calendar-store.ts'
import type { CalendarContext } from './context.ts'
import { calendarWith } from './live-calendar.ts'
import { setDays } from './set-days.ts'

export function calendarRoutes(context: CalendarContext): Route[] {
  return [
    route(operations.getCalendar, async ({ params }) => viewYear(Number(params.year), await readDays(context.store.db))),
    route(operations.setCalendarDays, async ({ body, caller }) => ({ changed: await setDays(context, body, caller) })),
  ]
}

/** The exceptions of a year with where each comes from; a day that the bureau set stands for the nation's. */
function viewYear(year: number, set: readonly SetDay[]): CalendarYear {
  const national = nationalDays(year)
  const own = new Map(set.filter(({ day }) => day.startsWith(`${year}-`)).map((day) => [day.day, day]))
  const items = [
    ...national.filter(({ day }) => !own.has(day)).map((day): CalendarDay => ({
      ...day, origin: 'national', source: `国务院办公厅关于${year}年部分节假日安排的通知`, changedAt: null, changedBy: null,
    })),
    ...[...own.values()].map(({ day, kind, name, source, changedAt, changedBy }): CalendarDay => ({
      day, kind, name, nameEn: name, origin: 'bureau', source, changedAt: changedAt.toISOString(), changedBy: changedBy.name,
    })),
  ].sort((a, b) => a.day.localeCompare(b.day))
  return { year, announced: national.length > 0, items, workingDays: monthsOf(year, calendarWith(set, year)) }
}

function monthsOf(year: number, calendar: WorkingCalendar): number[] {
  const months = Array.from({ length: 12 }, () => 0)
  for (const day of daysOf(year)) if (isWorkingDay(day, calendar)) months[Number(day.slice(5, 7)) - 1]!++ // twelve months
  return months
}
