import { describe, expect, it } from 'vitest'
import { bodyOf, operatorsOf, purposeText, type Wishes } from './wishes.ts'

const field = { description: '', precision: null, scale: null, maxLength: null, unit: null, element: null, codeList: null, elementSuggestion: null, grade: 'internal', suggestion: null, masking: null, identifier: false } as const
const entry = { code: '306007-000001', fields: [{ ...field, name: '区县', type: 'text' }, { ...field, name: '年份', type: 'integer' }, { ...field, name: '出生日期', type: 'date' }] as const }
const wishes: Wishes = {
  purposeCode: null, appId: null, perSecond: null, perDay: null, purpose: ' 核查欠税 ', use: '征管系统', legalBasis: '', delivery: 'api', until: '2027-01-01',
  of: { [entry.code]: { fields: ['区县', '年份'], filter: [], coarser: {} } },
}
const words = { coarser: '可用较粗形式：' }
const withFilter = (op: string, name: string, value: string): Wishes => ({ ...wishes, of: { [entry.code]: { fields: ['区县'], filter: [{ field: name, op, value }], coarser: {} } } })

describe('what is sent for an entry', () => {
  it('leaves out what is still empty', () => {
    expect(bodyOf({ ...entry, fields: [...entry.fields] }, { ...wishes, use: ' ', until: '' }, words)).toEqual({ entryCode: entry.code, fields: ['区县', '年份'], delivery: 'api', purpose: '核查欠税' })
  })
  it('turns typed values into the type of the field', () => {
    expect(bodyOf({ ...entry, fields: [...entry.fields] }, withFilter('gte', '年份', ' 2020 '), words).filter).toEqual([{ field: '年份', op: 'gte', value: 2020 }])
    expect(bodyOf({ ...entry, fields: [...entry.fields] }, withFilter('in', '区县', '东区，西区,'), words).filter).toEqual([{ field: '区县', op: 'in', value: ['东区', '西区'] }])
  })
  it('leaves a value that does not fit as it was typed, for the server to name', () => {
    expect(bodyOf({ ...entry, fields: [...entry.fields] }, withFilter('eq', '年份', '去年'), words).filter).toEqual([{ field: '年份', op: 'eq', value: '去年' }])
  })
})

describe('the words of the purpose', () => {
  it('are the name from the catalogue where nothing else was written', () => {
    expect(purposeText(wishes, entry.code, { ...words, name: '税收征管' })).toBe('核查欠税')
    expect(purposeText({ ...wishes, purpose: '' }, entry.code, { ...words, name: '税收征管' })).toBe('税收征管')
  })
  it('say which fields would do in a coarser form, of those that are asked for', () => {
    const asked = { ...wishes, of: { [entry.code]: { fields: ['出生日期'], filter: [], coarser: { 出生日期: '年龄段', 区县: '统计' } } } }
    expect(purposeText(asked, entry.code, words)).toBe('核查欠税\n可用较粗形式：出生日期→年龄段')
  })
})

describe('comparisons', () => {
  it('of parts of a text are for text only', () => {
    expect(operatorsOf('text')).toContain('like')
    expect(operatorsOf('integer')).not.toContain('like')
    expect(operatorsOf('boolean')).toEqual(['eq'])
  })
})
