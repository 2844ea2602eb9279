import { describe, expect, it } from 'vitest'
import { definitionOf, type Draft, draftOf, emptyDraft, missingIn, newFilter, newSource } from './draft.ts'

const draft: Draft = {
  sources: [
    { ...newSource('301001-000001'), columns: ['代码', '名称'] },
    { entryCode: '301002-000002', kind: 'left', on: [{ field: '企业代码', source: 0, with: '代码' }], columns: ['许可', '名称'] },
  ],
  filters: [{ ...newFilter, field: '代码', text: 'code', description: '信用代码' }, { ...newFilter, source: 1, field: '状态', op: 'in', by: 'value', text: '有效,续期' }],
  limit: 50,
}

describe('a derived interface while it is written', () => {
  it('becomes the definition that the server takes', () => {
    expect(definitionOf(draft)).toEqual({
      sources: [{ entryCode: '301001-000001' }, { entryCode: '301002-000002', join: { kind: 'left', on: [{ field: '企业代码', source: 0, with: '代码' }] } }],
      select: [{ source: 0, field: '代码' }, { source: 0, field: '名称' }, { source: 1, field: '许可' }, { source: 1, field: '名称', as: '名称_2' }],
      filters: [{ source: 0, field: '代码', op: 'eq', parameter: 'code' }, { source: 1, field: '状态', op: 'in', value: '有效,续期' }],
      parameters: [{ name: 'code', required: true, description: '信用代码' }], limit: 50,
    })
  })
  it('can be taken up again as it was saved', () => {
    expect(draftOf(definitionOf(draft))).toEqual(draft)
  })
  it('says what is missing, one thing after the other', () => {
    expect(missingIn(emptyDraft)).toBe('source')
    expect(missingIn({ ...draft, sources: [draft.sources[0]!, newSource('301002-000002')] })).toBe('join')
    expect(missingIn({ ...draft, sources: draft.sources.map((source) => ({ ...source, columns: [] })) })).toBe('columns')
    expect(missingIn({ ...draft, filters: [newFilter] })).toBe('filter')
    expect(missingIn(draft)).toBeNull()
  })
})
