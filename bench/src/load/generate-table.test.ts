import { describe, expect, it } from 'vitest'
import { COLUMNS, generateTable } from './generate-table.ts'

const text = (rows: number, seed: number): string => [...generateTable(rows, seed)].join('')

describe('the generated table', () => {
  it('has a header, as many rows as asked and eight fields in each', () => {
    const lines = text(4_321, 1).split('\n')
    expect(lines.pop()).toBe('')
    expect(lines[0]).toBe(COLUMNS.join(','))
    expect(lines).toHaveLength(4_322)
    expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([8]))
    expect(lines.slice(1).map((line) => Number(line.split(',', 1)[0]))).toEqual(Array.from({ length: 4_321 }, (_, index) => index + 1))
  })

  it('is the same for the same seed and another for another', () => {
    expect(text(500, 7)).toBe(text(500, 7))
    expect(text(500, 7)).not.toBe(text(500, 8))
  })

  it('weighs more than sixty bytes a row and misses some values', () => {
    const made = text(2_000, 3)
    expect(Buffer.byteLength(made) / 2_000).toBeGreaterThan(60)
    expect(made).toMatch(/,,/)
  })
})
