import type { FieldProfileView } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { filterExamples } from './filter-examples.ts'

const facts = (name: string, over: Partial<FieldProfileView>): FieldProfileView => ({
  name, type: 'text', rows: 100, filled: 100, distinct: 3, distinctApproximate: false, min: null, max: null, minLength: null, maxLength: null,
  mean: null, standardDeviation: null, top: [], patterns: [], histogram: [], hidden: false, ...over,
})
const all = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in']

describe('examples of filters', () => {
  it('use fields and values of the entry itself', () => {
    const examples = filterExamples(
      [
        { name: '区', type: 'text', filters: [...all, 'like'], sortable: true }, { name: '泊位', type: 'integer', filters: all, sortable: true },
        { name: '日期', type: 'date', filters: all, sortable: true },
      ],
      [facts('区', { top: [{ value: '东城', count: 9 }, { value: '西城', count: 3 }] }), facts('泊位', { type: 'integer', mean: 187.3 }), facts('日期', { type: 'date', max: '2026-03-09' })],
    )
    expect(examples.map(({ kind, query }) => [kind, query])).toEqual([
      ['eq', { 区: '东城' }], ['in', { '区.in': '东城,西城' }], ['like', { '区.like': '%东城%' }], ['gte', { '泊位.gte': '190' }],
      ['range', { '日期.gte': '2026-03-01', '日期.lt': '2026-03-09' }], ['sort', { sort: '-泊位' }], ['select', { select: '区,泊位,日期' }], ['limit', { limit: '100' }],
    ])
  })
  it('leave out what the fields do not allow', () => {
    const kinds = filterExamples([{ name: '电话', type: 'text', filters: ['eq'], sortable: false }], [facts('电话', { hidden: true })]).map(({ kind }) => kind)
    expect(kinds).toEqual(['limit'])
  })
})
