import { describe, expect, it } from 'vitest'
import { seriesOf, stepFor, tellsTime } from './time-series.ts'

describe('the step of a line', () => {
  it('is as fine as can still be read', () => {
    expect(stepFor('2026-03-01 00:00:00', '2026-03-03 23:00:00')).toBe('hour')
    expect(stepFor('2026-01-01 00:00:00', '2026-03-31 23:00:00')).toBe('day')
    expect(stepFor('2020-01-01', '2026-03-31')).toBe('month')
    expect(stepFor('1990-01-01', '2026-03-31')).toBe('year')
  })
  it('is never finer than the times are', () => {
    expect(stepFor('2026-01', '2026-03')).toBe('month')
  })
})

describe('a line over time', () => {
  it('takes the mean of the readings of each step', () => {
    const { points } = seriesOf([{ at: '2026-01', value: 1 }, { at: '2026-01', value: 3 }, { at: '2026-02', value: null }], 'mean')
    expect(points).toEqual([{ key: '2026-01', value: 2, readings: 2 }, { key: '2026-02', value: null, readings: 1 }])
  })
  it('has a point for every step, across the end of a year', () => {
    const { points } = seriesOf([{ at: '2025-11', value: 1 }, { at: '2026-02', value: 1 }], 'count')
    expect(points.map(({ key, value }) => [key, value])).toEqual([['2025-11', 1], ['2025-12', 0], ['2026-01', 0], ['2026-02', 1]])
  })
  it('keeps the form of hours', () => {
    const { points } = seriesOf([{ at: '2026-01-31 23:00:00', value: 1 }, { at: '2026-02-01 00:00:00', value: 2 }], 'sum')
    expect(points.map(({ key }) => key)).toEqual(['2026-01-31 23', '2026-02-01 00'])
  })
  it('leaves out what is no time', () => {
    expect(seriesOf([{ at: '不详', value: 1 }], 'sum').points).toEqual([])
  })
})

describe('a field that tells time', () => {
  it('is a date, or words that are months', () => {
    expect(tellsTime({ type: 'date', min: null, max: null })).toBe(true)
    expect(tellsTime({ type: 'text', min: '2023-03', max: '2026-02' })).toBe(true)
    expect(tellsTime({ type: 'text', min: '3399W001', max: '3399W030' })).toBe(false)
  })
})
