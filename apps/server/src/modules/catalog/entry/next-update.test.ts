import { describe, expect, it } from 'vitest'
import { nextUpdateDueAt } from './next-update.ts'

const due = (cycle: string, at: string): string | null => nextUpdateDueAt(cycle, new Date(at))?.toISOString() ?? null

describe('the date of the next update', () => {
  it.each([
    ['daily', '2026-11-20T02:00:00Z', '2026-11-21T15:59:59.999Z'],
    ['weekly', '2026-12-28T02:00:00Z', '2027-01-04T15:59:59.999Z'],
    ['monthly', '2026-01-31T02:00:00Z', '2026-02-28T15:59:59.999Z'],
    ['quarterly', '2026-11-30T02:00:00Z', '2027-02-28T15:59:59.999Z'],
    ['yearly', '2024-02-29T02:00:00Z', '2025-02-28T15:59:59.999Z'],
    ['daily', '2026-11-20T17:00:00Z', '2026-11-22T15:59:59.999Z'], // already the 21st in China
  ])('of %s data from %s is the end of %s', (cycle, at, expected) => {
    expect(due(cycle, at)).toBe(expected)
  })

  it('is not there for what is due at no time, nor before there is data', () => {
    expect(due('realtime', '2026-11-20T02:00:00Z')).toBeNull()
    expect(due('irregular', '2026-11-20T02:00:00Z')).toBeNull()
    expect(nextUpdateDueAt('daily', null)).toBeNull()
  })
})
