import { chinaDay, isWorkingDay, workingDaysBetween, type WorkingCalendar } from '@datong/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClockRecord, extendClock, pauseClock, recountClock, resumeClock, startClock, stopClock, viewClock } from './working-clock.ts'

const plain: WorkingCalendar = { holidays: new Set(), workdays: new Set() }
const limit = (workingDays: number) => ({ workingDays, source: '《政务数据共享条例》' })
const at = (text: string) => new Date(`${text}+08:00`)

describe('the clock of an answer', () => {
  it('gives a conditional application ten working days', () => {
    expect(startClock('answer-conditional', limit(10), at('2026-11-20T09:00:00'), plain).dueAt).toEqual(at('2026-12-04T23:59:59.999'))
  })

  it('does not count while the applicant owes material', () => {
    const started = startClock('answer-conditional', limit(10), at('2026-11-02T09:00:00'), plain) // due 16 November
    const resumed = resumeClock(pauseClock(started, at('2026-11-04T10:00:00')), at('2026-11-11T10:00:00'), plain)
    expect(resumed.dueAt).toEqual(at('2026-11-23T23:59:59.999')) // eight days were left on the 4th
  })

  it('is late after its last day and not before', () => {
    const clock = startClock('answer-unconditional', limit(1), at('2026-11-20T09:00:00'), plain)
    expect(viewClock(clock, at('2026-11-23T23:00:00'), plain)).toMatchObject({ late: false, workingDaysLeft: 0 })
    expect(viewClock(clock, at('2026-11-24T00:00:01'), plain)).toMatchObject({ late: true, workingDaysLeft: -1 })
  })

  it('keeps the reading of the moment when it was stopped', () => {
    const clock = stopClock(startClock('answer-conditional', limit(10), at('2026-11-02T09:00:00'), plain), at('2026-11-03T09:00:00'))
    expect(viewClock(clock, at('2027-11-03T09:00:00'), plain)).toMatchObject({ state: 'stopped', late: false, workingDaysLeft: 9 })
  })

  it('that was late when material was asked for is as late afterwards, not later and not forgiven', () => {
    const clock = startClock('answer-conditional', limit(1), at('2026-11-02T09:00:00'), plain) // due the 3rd
    const resumed = resumeClock(pauseClock(clock, at('2026-11-05T10:00:00')), at('2026-11-19T10:00:00'), plain)
    expect(viewClock(resumed, at('2026-11-19T10:00:00'), plain)).toMatchObject({ late: true, workingDaysLeft: -2 })
  })

  it('of a notice that was not given ends by itself: the material counts as complete', () => {
    const clock = startClock('notice', limit(1), at('2026-11-02T09:00:00'), plain)
    expect(viewClock(clock, at('2026-11-20T09:00:00'), plain)).toMatchObject({ state: 'stopped', late: false })
    expect(viewClock(stopClock(clock, at('2026-11-09T09:00:00')), at('2026-11-09T10:00:00'), plain)).toMatchObject({ state: 'stopped', late: false, workingDaysLeft: 0 })
  })
})

const DAY = 86_400_000
const FIRST = Date.parse('2020-01-01T00:00:00Z')
/** Years with any days off and any weekend days worked. */
const calendars: fc.Arbitrary<WorkingCalendar> = fc.record({
  holidays: fc.uniqueArray(fc.integer({ min: 0, max: 3_000 }), { maxLength: 120 }).map((days) => new Set(days.map((day) => chinaDay(new Date(FIRST + day * DAY))))),
  workdays: fc.uniqueArray(fc.integer({ min: 0, max: 3_000 }), { maxLength: 60 }).map((days) => new Set(days.map((day) => chinaDay(new Date(FIRST + day * DAY))))),
})
const instants = fc.integer({ min: 0, max: 2_500 * DAY }).map((ms) => new Date(FIRST + ms))
const spans = fc.integer({ min: 0, max: 60 * DAY })
const days = fc.integer({ min: 1, max: 30 })
const moved = (from: Date, ms: number): Date => new Date(from.getTime() + ms)
const left = (clock: ClockRecord, now: Date, calendar: WorkingCalendar): number => viewClock(clock, now, calendar).workingDaysLeft

describe('every clock, over years of any calendar', () => {
  it('is due at the end of a working day, whatever was done to it', () => {
    const steps = fc.array(fc.record({ what: fc.constantFrom('pause', 'resume', 'extend', 'stop'), after: fc.integer({ min: -5 * DAY, max: 40 * DAY }) }), { maxLength: 12 })
    fc.assert(fc.property(calendars, instants, days, steps, (calendar, start, limitDays, list) => {
      let clock = startClock('answer-conditional', limit(limitDays), start, calendar)
      let now = start
      for (const { what, after } of list) {
        now = moved(now, after) // the computer's clock may jump back
        const before = clock
        clock = what === 'pause' ? pauseClock(clock, now) : what === 'resume' ? resumeClock(clock, now, calendar)
          : what === 'extend' ? extendClock(clock, 3, calendar) : stopClock(clock, now)
        expect(clock.dueAt.getTime()).toBeGreaterThanOrEqual(before.dueAt.getTime())
      }
      expect(isWorkingDay(chinaDay(clock.dueAt), calendar)).toBe(true)
      expect(chinaDay(moved(clock.dueAt, 1))).not.toBe(chinaDay(clock.dueAt))
    }))
  })

  it('has the same left after a pause as before, however long it was, and a late one is as late', () => {
    fc.assert(fc.property(calendars, instants, days, spans, spans, (calendar, start, limitDays, ran, stood) => {
      const paused = pauseClock(startClock('delivery', limit(limitDays), start, calendar), moved(start, ran))
      const end = moved(start, ran + stood)
      const resumed = resumeClock(paused, end, calendar)
      const [before, after] = [left(paused, end, calendar), left(resumed, end, calendar)]
      if (before > 0) expect(after).toBe(before)
      // With nothing left on a day off, the next working day is the last; late by a weekend only, it is late by one day.
      else if (before === 0) expect(Math.abs(after)).toBeLessThanOrEqual(1)
      else expect(after).toBe(before)
      expect(viewClock(resumed, end, calendar).late).toBe(viewClock(paused, end, calendar).late)
    }))
  })

  it('loses nothing by being paused: never less is left than without the pause', () => {
    fc.assert(fc.property(calendars, instants, days, spans, spans, spans, (calendar, start, limitDays, ran, stood, runs) => {
      const clock = startClock('delivery', limit(limitDays), start, calendar)
      const resumed = resumeClock(pauseClock(clock, moved(start, ran)), moved(start, ran + stood), calendar)
      const end = moved(start, ran + stood + runs)
      expect(left(resumed, end, calendar)).toBeGreaterThanOrEqual(left(clock, end, calendar))
    }))
  })

  it('gains exactly the working days of an extension, and more by a longer one', () => {
    fc.assert(fc.property(calendars, instants, days, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), (calendar, start, limitDays, a, b) => {
      const clock = startClock('answer-conditional', limit(limitDays), start, calendar)
      const [shorter, longer] = [Math.min(a, b), Math.max(a, b)].map((more) => extendClock(clock, more, calendar)) as [ClockRecord, ClockRecord] // two in, two out
      expect(workingDaysBetween(clock.dueAt, shorter.dueAt, calendar)).toBe(Math.min(a, b))
      expect(longer.dueAt.getTime()).toBeGreaterThanOrEqual(shorter.dueAt.getTime())
      expect(longer.workingDays).toBe(limitDays + Math.max(a, b))
    }))
  })

  it('pays no heed to a computer clock that jumps back', () => {
    fc.assert(fc.property(calendars, instants, days, spans, spans, (calendar, start, limitDays, ran, back) => {
      const paused = pauseClock(startClock('delivery', limit(limitDays), start, calendar), moved(start, ran))
      const resumed = resumeClock(paused, moved(start, ran - back), calendar)
      expect(resumed.dueAt).toEqual(resumeClock(paused, moved(start, ran), calendar).dueAt)
      const stopped = stopClock(startClock('delivery', limit(limitDays), start, calendar), moved(start, -back))
      expect(viewClock(stopped, start, calendar).late).toBe(false)
    }))
  })

  it('counted anew by the same calendar ends where it did, whatever was done to it', () => {
    const steps = fc.array(fc.record({ what: fc.constantFrom('pause', 'resume', 'extend'), after: fc.integer({ min: 0, max: 20 * DAY }) }), { maxLength: 8 })
    fc.assert(fc.property(calendars, instants, days, steps, (calendar, start, limitDays, list) => {
      let clock = startClock('answer-conditional', limit(limitDays), start, calendar)
      let now = start
      for (const { what, after } of list) {
        now = moved(now, after)
        clock = what === 'pause' ? pauseClock(clock, now) : what === 'resume' ? resumeClock(clock, now, calendar) : extendClock(clock, 3, calendar)
        expect(recountClock(clock, now, calendar)).toEqual(clock)
      }
    }))
  })

  it('counted anew by another calendar ends as if it had begun with it, but is never late by that alone', () => {
    fc.assert(fc.property(calendars, calendars, instants, days, spans, (before, after, start, limitDays, ran) => {
      const now = moved(start, ran)
      const clock = startClock('delivery', limit(limitDays), start, before)
      const recounted = recountClock(clock, now, after)
      const afresh = startClock('delivery', limit(limitDays), start, after)
      if (afresh.dueAt >= now) expect(recounted.dueAt).toEqual(afresh.dueAt)
      if (clock.dueAt >= now) expect(recounted.dueAt.getTime()).toBeGreaterThanOrEqual(now.getTime())
      expect(recountClock(recounted, now, after)).toEqual(recounted)
    }))
  })
})
