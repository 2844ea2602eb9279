import { describe, expect, it } from 'vitest'
import { nextSort, parseRowsView, rowsQuery, rowsViewText } from './rows-view.ts'

const fields = [
  { name: '区', filters: ['eq', 'in', 'like'], sortable: true },
  { name: '泊位', filters: ['eq', 'gte', 'lte'], sortable: true },
  { name: 'PM2.5', filters: ['eq', 'gte'], sortable: true },
  { name: '电话', filters: ['eq'], sortable: false },
]

describe('the rows that an address asks for', () => {
  it('come back the same', () => {
    const view = parseRowsView('区.in=东城,西城&泊位.gte=100&sort=-泊位', fields)
    expect(view).toEqual({
      filters: [{ field: '区', op: 'in', value: '东城,西城' }, { field: '泊位', op: 'gte', value: '100' }], sort: '-泊位',
    })
    expect(parseRowsView(rowsViewText(view), fields)).toEqual(view)
  })
  it('may stand in fields whose names hold dots', () => {
    expect(parseRowsView('PM2.5=35&PM2.5.gte=10', fields).filters).toEqual([
      { field: 'PM2.5', op: 'eq', value: '35' }, { field: 'PM2.5', op: 'gte', value: '10' },
    ])
  })
  it('are not filtered or sorted by what the fields do not allow', () => {
    expect(parseRowsView('电话.like=1&没有=2&sort=电话', fields)).toEqual({ filters: [], sort: undefined })
  })
})

describe('the query for rows', () => {
  it('looks for words anywhere in the value', () => {
    expect(rowsQuery({ filters: [{ field: '区', op: 'like', value: '东' }], sort: undefined })).toEqual({ '区.like': '%东%' })
  })
  it('takes patterns as they are', () => {
    expect(rowsQuery({ filters: [{ field: '区', op: 'like', value: '东%' }], sort: undefined })).toEqual({ '区.like': '东%' })
  })
})

describe('clicking a field', () => {
  it('goes from rising to falling to none', () => {
    const first = nextSort(undefined, '区')
    const second = nextSort(first, '区')
    expect([first, second, nextSort(second, '区')]).toEqual(['区', '-区', undefined])
  })
})
