import { describe, expect, it } from 'vitest'
import { resumedDueAt, startClock, viewClock } from './deadlines.ts'

const calendar = { holidays: new Set<string>(), workdays: new Set<string>() }
const at = (text: string) => new Date(`${text}+08:00`)

describe('the clock of an answer', () => {
  it('gives a conditional application ten working days', () => {
    const { dueAt } = startClock('answer-conditional', at('2026-11-20T09:00:00'), calendar)
    expect(dueAt).toEqual(at('2026-12-04T23:59:59.999'))
  })

  it('does not count while the applicant owes material', () => {
    const started = startClock('answer-conditional', at('2026-11-02T09:00:00'), calendar) // due 16 November
    const dueAt = resumedDueAt({ dueAt: started.dueAt, pausedAt: at('2026-11-04T10:00:00') }, at('2026-11-11T10:00:00'), calendar)
    expect(dueAt).toEqual(at('2026-11-23T23:59:59.999')) // eight days were left on the 4th
  })

  it('is late after its last day and not before', () => {
    const { dueAt, startedAt, workingDays } = startClock('answer-unconditional', at('2026-11-20T09:00:00'), calendar)
    const time = { kind: 'answer-unconditional', workingDays, startedAt, dueAt, pausedAt: null, stoppedAt: null } as const
    expect(viewClock(time, at('2026-11-23T23:00:00'), calendar)).toMatchObject({ late: false, workingDaysLeft: 0 })
    expect(viewClock(time, at('2026-11-24T00:00:01'), calendar)).toMatchObject({ late: true, workingDaysLeft: -1 })
  })

  it('keeps the reading of the moment when it was stopped', () => {
    const { dueAt, startedAt, workingDays } = startClock('answer-conditional', at('2026-11-02T09:00:00'), calendar)
    const time = { kind: 'answer-conditional', workingDays, startedAt, dueAt, pausedAt: null, stoppedAt: at('2026-11-03T09:00:00') } as const
    expect(viewClock(time, at('2027-11-03T09:00:00'), calendar)).toMatchObject({ state: 'stopped', late: false, workingDaysLeft: 9 })
  })
})
