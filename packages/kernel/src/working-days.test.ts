import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chinaDay, dueAfterWorkingDays, isWorkingDay, workingDaysBetween, type WorkingCalendar } from './working-days.ts'

/** National Day 2026 as announced: 1–7 October free, Saturday 10 October worked. */
const calendar: WorkingCalendar = {
  holidays: new Set(['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07']),
  workdays: new Set(['2026-10-10']),
}

describe('working days', () => {
  it('skips holidays and counts adjusted Saturdays', () => {
    expect(isWorkingDay('2026-10-05', calendar)).toBe(false)
    expect(isWorkingDay('2026-10-10', calendar)).toBe(true)
    const due = dueAfterWorkingDays(new Date('2026-09-30T10:00:00+08:00'), 3, calendar)
    expect(due.toISOString()).toBe('2026-10-10T15:59:59.999Z')
  })

  it('takes the day in China, not in UTC', () => {
    expect(chinaDay(new Date('2026-11-22T17:00:00Z'))).toBe('2026-11-23')
  })

  it('counts back what it counted forward', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2026-09-01'), max: new Date('2026-12-01'), noInvalidDate: true }), fc.integer({ min: 0, max: 40 }), (from, days) => {
        const due = dueAfterWorkingDays(from, days, calendar)
        expect(workingDaysBetween(from, due, calendar)).toBe(days)
        expect(workingDaysBetween(due, from, calendar)).toBe(-days + 0)
      }),
    )
  })
})
