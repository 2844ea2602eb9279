import { describe, expect, it } from 'vitest'
import { rowsPath } from './rows-request.ts'

const nothing = { filters: [], select: [], sort: undefined, limit: 20 }
const asked = (path: string): Record<string, string> => Object.fromEntries(new URL(path, 'http://x').searchParams)

describe('the address of a request for rows', () => {
  it('names only what was chosen', () => {
    expect(rowsPath('306007-000123', nothing)).toBe('/data/v1/306007-000123/rows?limit=20')
  })
  it('writes conditions as the interface takes them', () => {
    const filters = [{ field: '区', op: 'eq', value: '东城' }, { field: '泊位', op: 'gte', value: '100' }, { field: '名称', op: 'like', value: '停车' }, { field: '地址', op: 'like', value: '环城_路%' }]
    expect(asked(rowsPath('306007-000123', { ...nothing, filters, select: ['区', '泊位'], sort: '-泊位' }, 'abc'))).toEqual({
      区: '东城', '泊位.gte': '100', '名称.like': '%停车%', '地址.like': '环城_路%', select: '区,泊位', sort: '-泊位', limit: '20', cursor: 'abc',
    })
  })
})
