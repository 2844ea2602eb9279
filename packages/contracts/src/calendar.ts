import { Type, type Static } from 'typebox'
import { CalendarDate, Instant, Nullable, Words } from './common.ts'
import { operation } from './operation.ts'

/** Exceptions to Monday to Friday: days off, and days worked in exchange (调休). */
export const CALENDAR_DAY_KINDS = ['holiday', 'workday'] as const
export type CalendarDayKind = (typeof CALENDAR_DAY_KINDS)[number]

export const CalendarDaySchema = Type.Object({
  day: CalendarDate,
  kind: Type.Enum(CALENDAR_DAY_KINDS),
  name: Type.String(),
  nameEn: Type.String(),
  origin: Type.Enum(['national', 'bureau'], { description: '`bureau`: set by hand, whatever the national calendar says' }),
  source: Type.String({ description: 'what sets the day' }),
  changedAt: Nullable(Instant),
  changedBy: Nullable(Type.String()),
})
export type CalendarDay = Static<typeof CalendarDaySchema>

const YearSchema = Type.Object({
  year: Type.Integer(),
  announced: Type.Boolean({ description: 'the national calendar knows the holidays of the year' }),
  items: Type.Array(CalendarDaySchema, { description: 'in the order of days; all others follow Monday to Friday' }),
  workingDays: Type.Array(Type.Integer(), { minItems: 12, maxItems: 12, description: 'working days of each month' }),
})
export type CalendarYear = Static<typeof YearSchema>

const tag = 'calendar'

export const calendarOperations = {
  getCalendar: operation({
    id: 'getCalendar', method: 'GET', path: '/api/v1/calendar/{year}', tag, access: 'anyone',
    summary: 'The working calendar of a year: national holidays and adjusted working days, and what the bureau set',
    params: Type.Object({ year: Type.String({ pattern: '^20[0-9]{2}$' }) }), response: YearSchema,
  }),
  setCalendarDays: operation({
    id: 'setCalendarDays', method: 'PUT', path: '/api/v1/calendar/days', tag, access: { steward: 'all' },
    summary: 'Set days off or days worked, or give days back to the national calendar; clocks that run are counted anew',
    body: Type.Object({
      days: Type.Array(CalendarDate, { minItems: 1, maxItems: 62, uniqueItems: true }),
      kind: Type.Enum([...CALENDAR_DAY_KINDS, 'national']),
      name: Type.Optional(Words(60)),
      source: Type.Optional(Words(300)),
      reason: Words(500),
    }),
    response: Type.Object({ changed: Type.Integer() }),
  }),
} as const
