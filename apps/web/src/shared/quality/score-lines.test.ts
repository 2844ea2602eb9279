import { describe, expect, it } from 'vitest'
import { axisFrom, changeOf, drawnLines } from './score-lines.ts'

const days = ['2026-10-01', '2026-11-01']

describe('the lines of a score', () => {
  it('begin with the whole, and leave out what was never measured', () => {
    const line = { overall: [0.8, 0.9], dimensions: [{ dimension: 'accuracy' as const, scores: [null, 0.7] }, { dimension: 'timeliness' as const, scores: [null, null] }] }
    expect(drawnLines({ days, line }).map(({ name }) => name)).toEqual(['overall', 'accuracy'])
  })

  it('stand on an axis that ends below the least of them', () => {
    expect(axisFrom([{ scores: [0.93, 0.99] }, { scores: [null] }])).toBeCloseTo(0.8)
    expect(axisFrom([{ scores: [0.02] }])).toBe(0)
    expect(axisFrom([])).toBe(0)
  })

  it('changed from the first figure to the last one, and not at all with a single one', () => {
    expect(changeOf([null, 0.8, null, 0.9])).toEqual({ first: 0.8, last: 0.9 })
    expect(changeOf([null, 0.8])).toBeUndefined()
  })
})
