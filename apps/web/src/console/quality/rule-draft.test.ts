import type { RuleKind, RuleParameter } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { bodyOf, isWhole, typed, type Draft } from './rule-draft.ts'

const parameter = (change: Partial<RuleParameter>): RuleParameter =>
  ({ name: 'values', kind: 'texts', required: true, default: [], options: [], minimum: null, maximum: null, of: null, titleZh: '', titleEn: '', ...change })
const kind: RuleKind = {
  kind: 'new-value', dimension: 'normativity', titleZh: '', titleEn: '', aboutZh: '', aboutEn: '', source: '', scope: 'field', fieldTypes: [], severity: 'minor', toleranceShare: 0, weight: 1,
  parameters: [parameter({})],
}
const draft: Draft = { kind: 'new-value', title: '枚举', field: '状态', parameters: { values: ['正常'] }, severity: 'minor', toleranceShare: 0, note: '' }

describe('a rule that is being written', () => {
  it('is whole when it has its field and what must be said', () => {
    expect(isWhole(draft, kind)).toBe(true)
    expect(isWhole({ ...draft, field: null }, kind)).toBe(false)
    expect(isWhole({ ...draft, parameters: { values: [] } }, kind)).toBe(false)
    expect(isWhole(draft, undefined)).toBe(false)
  })

  it('is named by the platform when nobody names it', () => {
    expect(bodyOf(draft).title).toBe('枚举')
    expect(bodyOf({ ...draft, title: ' ' }).title).toBeNull()
  })

  it('takes what is typed as its parameter asks for it', () => {
    expect(typed(parameter({}), '正常\n\n 注销 \n')).toEqual(['正常', '注销'])
    expect(typed(parameter({ kind: 'bound' }), ' 12.5 ')).toBe(12.5)
    expect(typed(parameter({ kind: 'bound' }), '2026-01-01')).toBe('2026-01-01')
    expect(typed(parameter({ kind: 'text' }), '  ')).toBeNull()
  })
})
