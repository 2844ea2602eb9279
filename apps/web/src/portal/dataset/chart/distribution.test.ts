import type { FieldProfileView } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { distributionOf, firstField } from './distribution.ts'

const field = (over: Partial<FieldProfileView>): FieldProfileView => ({
  name: '区', type: 'text', rows: 100, filled: 100, distinct: 2, distinctApproximate: false, min: null, max: null, minLength: null, maxLength: null,
  mean: null, standardDeviation: null, top: [{ value: '东城', count: 60 }, { value: '西城', count: 30 }], patterns: [], histogram: [], hidden: false, ...over,
})

describe('the spread of a field', () => {
  it('counts the commonest values and puts the rest together', () => {
    expect(distributionOf(field({}))).toEqual({ kind: 'values', parts: [{ value: '东城', count: 60 }, { value: '西城', count: 30 }], others: 10 })
  })
  it('goes by bounds for measures', () => {
    const histogram = [{ from: 0, to: 5, count: 3 }, { from: 5, to: 10, count: 4 }]
    expect(distributionOf(field({ type: 'decimal', distinct: 90, histogram }))).toEqual({ kind: 'histogram', parts: histogram })
  })
  it('puts numbers with few values in their own order', () => {
    const top = [{ value: '10', count: 5 }, { value: '2', count: 4 }]
    expect(distributionOf(field({ type: 'integer', filled: 9, top }))).toMatchObject({ kind: 'values', parts: [{ value: '2' }, { value: '10' }] })
  })
  it('is nothing for identifiers, hidden fields and coordinates', () => {
    expect(distributionOf(field({ distinct: 100, top: [{ value: 'a', count: 1 }, { value: 'b', count: 1 }] }))).toBeNull()
    expect(distributionOf(field({ hidden: true }))).toBeNull()
    expect(distributionOf(field({ name: '经度', type: 'decimal', distinct: 90, histogram: [{ from: 0, to: 1, count: 1 }, { from: 1, to: 2, count: 1 }] }))).toBeNull()
  })
})

describe('the field to begin with', () => {
  it('has a handful of values', () => {
    const kinds = field({ name: '类型', distinct: 5 })
    expect(firstField([field({ name: '区', distinct: 2 }), kinds])?.name).toBe('类型')
  })
})
