import { describe, expect, it } from 'vitest'
import { plainOrganisations } from '../../../platform/testing.ts'
import type { GroupDay, ScoreDay } from './score-days.ts'
import { daysBack, entryTrend, qualityTrend } from './trend.ts'

const clock = { now: () => new Date('2026-11-22T17:30:00Z') } // the 23rd in China
const scoreDay = (day: string, change: Partial<ScoreDay> = {}): ScoreDay => ({
  entry_code: '301001-000001', day, organisation: 'A', published: true, version: 1, overall: 0.8, stars: 3, scores: { accuracy: 0.8 }, ...change,
})
const days = (entry: readonly ScoreDay[], groups: readonly GroupDay[] = []) => ({
  clock, organisations: plainOrganisations,
  scoreDays: { note: async () => undefined, end: async () => undefined, passOn: async () => undefined, ofEntry: async () => [...entry], ofGroups: async () => [...groups] },
})

describe('the days of a trend', () => {
  it('end with today and lie evenly apart, few enough to be drawn', () => {
    expect(daysBack('2026-11-22', 7)).toEqual(['2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'])
    for (const back of [7, 30, 90, 365, 730]) {
      const asked = daysBack('2026-11-22', back)
      expect(asked.at(-1)).toBe('2026-11-22')
      expect(asked.length).toBeLessThanOrEqual(46)
      expect(new Set(asked.slice(1).map((day, index) => Date.parse(day) - Date.parse(asked[index]!))).size).toBe(1)
    }
  })
})

describe('the trend of an entry', () => {
  it('has the days on which its score changed, and today in China', async () => {
    const trend = await entryTrend(days([scoreDay('2026-09-01'), scoreDay('2026-10-01', { version: 2, overall: 0.91234, scores: { accuracy: 0.9, timeliness: null } })]), 'x', 90)
    expect(trend).toMatchObject({ days: ['2026-09-01', '2026-10-01', '2026-11-23'], versions: [1, 2, 2], overall: [0.8, 0.9123, 0.9123] })
    expect(trend.dimensions.find(({ dimension }) => dimension === 'accuracy')?.scores).toEqual([0.8, 0.9, 0.9])
    expect(trend.dimensions.find(({ dimension }) => dimension === 'timeliness')?.scores).toEqual([null, null, null])
  })

  it('is empty before the first check', async () => {
    expect((await entryTrend(days([]), 'x', 90)).days).toEqual([])
  })
})

describe('the trend of the city', () => {
  it('begins with the first published entry, and each department has its own line', async () => {
    const groups: GroupDay[] = [
      { day: '2026-11-22', organisation: 'A', entries: 1, scores: { accuracy: 0.6 } }, { day: '2026-11-22', organisation: null, entries: 1, scores: { accuracy: 0.6 } },
      { day: '2026-11-23', organisation: 'A', entries: 1, scores: { accuracy: 0.6 } }, { day: '2026-11-23', organisation: 'B', entries: 3, scores: { accuracy: 1, completeness: 0.5 } },
      { day: '2026-11-23', organisation: null, entries: 4, scores: { accuracy: 0.9, completeness: 0.5 } },
    ]
    const trend = await qualityTrend(days([], groups), 7)
    expect(trend.days).toEqual(['2026-11-22', '2026-11-23'])
    expect(trend.city.entries).toEqual([1, 4])
    // 0.25 each: the dimensions that nobody measured give their weight away.
    expect(trend.city.overall).toEqual([0.6, 0.7])
    expect(trend.departments.map(({ organisation, overall, entries }) => [organisation.code, overall, entries])).toEqual([['A', [0.6, 0.6], [1, 1]], ['B', [null, 0.75], [0, 3]]])
  })
})
