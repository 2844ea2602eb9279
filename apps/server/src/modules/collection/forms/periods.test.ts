import { describe, expect, it } from 'vitest'
import { nationalCalendar } from '../../../platform/calendar.ts'
import { isPeriodOf, nextRound, periodAfter, periodAt, planOf } from './periods.ts'

const calendar = nationalCalendar(2024, 2027)
const days = { opens_day: 1, due_day: 5 }
const china = (text: string): Date => new Date(`${text}+08:00`)
const shown = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)

describe('periods of forms', () => {
  it('are months, quarters and years of China', () => {
    const at = china('2026-10-01T00:30:00')
    expect([periodAt(at, 'monthly'), periodAt(at, 'quarterly'), periodAt(at, 'yearly')]).toEqual(['2026-10', '2026-Q4', '2026'])
    expect([periodAt(new Date(at.getTime() - 3_600_000), 'monthly'), periodAt(new Date(at.getTime() - 3_600_000), 'quarterly')]).toEqual(['2026-09', '2026-Q3'])
    expect([isPeriodOf('monthly', '2026-13'), isPeriodOf('quarterly', '2026-Q4'), isPeriodOf('yearly', '2026-10')]).toEqual([false, true, false])
  })

  it('follow each other over the turn of the year, and sort as they do', () => {
    expect([periodAfter('2026-12', 'monthly'), periodAfter('2026-Q1', 'quarterly', -1), periodAfter('2026', 'yearly')]).toEqual(['2027-01', '2025-Q4', '2027'])
    for (const [rhythm, first] of [['monthly', '2024-11'], ['quarterly', '2024-Q3'], ['yearly', '2024']] as const) {
      const some = Array.from({ length: 30 }, (_, by) => periodAfter(first, rhythm, by))
      expect([...some].sort()).toEqual(some)
    }
  })

  it('are asked for on working days behind them, holidays and exchanged days counted', () => {
    // September 2026 is followed by the holidays of 1–7 October; 10 October is worked in exchange.
    const { opensAt, dueAt } = planOf('2026-09', 'monthly', days, calendar)
    expect([shown(opensAt), shown(dueAt)]).toEqual(['2026-10-08T00:00:00', '2026-10-13T23:59:59'])
    const year = planOf('2025', 'yearly', { opens_day: 2, due_day: 10 }, calendar)
    expect([shown(year.opensAt), shown(year.dueAt)]).toEqual(['2026-01-05T00:00:00', '2026-01-15T23:59:59'])
  })

  it('open by themselves from the first that can still be met, and pass over those whose day has passed', () => {
    const next = (last: string | null, now: string) => nextRound(last, 'monthly', days, china(now), calendar).period
    expect(next(null, '2026-11-03T09:00:00')).toBe('2026-10')
    expect(next(null, '2026-11-22T09:00:00')).toBe('2026-11')
    expect(next('2026-10', '2026-11-03T09:00:00')).toBe('2026-11')
    expect(next('2026-07', '2026-11-03T09:00:00')).toBe('2026-10')
    expect(next('1990-07', '2026-11-22T09:00:00')).toBe('2026-11')
    expect(next('2026-11', '2026-11-22T09:00:00')).toBe('2026-12')
  })
})
