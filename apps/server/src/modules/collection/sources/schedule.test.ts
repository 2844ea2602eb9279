import { describe, expect, it } from 'vitest'
import { nextRun } from './schedule.ts'

describe('a schedule', () => {
  it.each([
    ['30 2 * * *', '2026-11-22T17:00:00Z', '2026-11-22T18:30:00.000Z'],
    ['0 * * * *', '2026-11-22T17:00:00Z', '2026-11-22T18:00:00.000Z'],
    ['0 9 * * 1', '2026-11-22T12:00:00Z', '2026-11-23T01:00:00.000Z'],
    ['*/15 8-18 * * 1-5', '2026-11-20T10:50:00Z', '2026-11-23T00:00:00.000Z'],
    // A clock that stands in 1970 is a clock all the same.
    ['0 0 1 1 *', '1970-01-01T00:00:00Z', '1970-12-31T16:00:00.000Z'],
  ])('%s comes after %s at %s, by the clocks of China', (schedule, after, next) => {
    expect(nextRun(schedule, new Date(after))?.toISOString()).toBe(next)
  })

  it('of nothing never comes', () => {
    expect(nextRun(null, new Date())).toBeNull()
  })

  it.each(['', '* * * *', '* * * * * *', '@daily', '61 * * * *', 'every day at noon please'])('is refused when it is %j', (schedule) => {
    expect(() => nextRun(schedule, new Date())).toThrow(expect.objectContaining({ code: 'collection/source-settings' }))
  })
})
