import type { FieldProfile, FieldSchema } from '@datong/data-engine'
import { describe, expect, it } from 'vitest'
import { definitionOf } from './catalogue.ts'
import { checkParameters } from './parameters.ts'
import { baselineRules, suggestRules } from './suggest-rules.ts'
import type { SuggestionFacts } from './suggestion.ts'

const field = (name: string, type: FieldSchema['type'] = 'text'): FieldSchema => ({ name, type, nullable: true })
const profile = (name: string, given: Partial<FieldProfile> = {}): FieldProfile => ({
  name, type: 'text', rows: 1000, filled: 1000, filledShare: 1, distinct: 900, exact: true, min: null, max: null, frequent: [], identifierCandidate: false,
  length: { min: 1, max: 20, average: 8 }, patterns: [], ...given,
})
const facts = (schema: readonly FieldSchema[], given: Partial<SuggestionFacts> = {}): SuggestionFacts => ({
  schema, rows: 1000, profile: schema.map(({ name, type }) => profile(name, { type })), recognised: new Map(), elements: new Map(), keys: [], history: [], ...given,
})
const suggested = (given: SuggestionFacts, name: string | null) => Object.fromEntries(suggestRules(given).filter((one) => one.field === name).map((one) => [one.rule, one]))

describe('suggested rules', () => {
  it('are ones that their own definitions allow, each once a field', () => {
    const schema = [field('统一社会信用代码'), field('成立日期'), field('注册资本（万元）', 'decimal'), field('性别')]
    const all = suggestRules(facts(schema, {
      recognised: new Map([['统一社会信用代码', 'unified-credit-code']]),
      profile: [
        profile('统一社会信用代码', { length: { min: 18, max: 18, average: 18 }, identifierCandidate: true }),
        profile('成立日期', { patterns: [{ pattern: '9-9-9', count: 950 }] }),
        profile('注册资本（万元）', { type: 'decimal', numbers: { mean: 5, standardDeviation: 1, histogram: [{ from: -1, to: 10, count: 1000 }] } }),
        profile('性别', { distinct: 2, frequent: [{ value: '男', count: 500 }, { value: '女', count: 500 }] }),
      ],
    }))
    expect(new Set(all.map(({ rule, field: on }) => `${rule}/${on}`)).size).toBe(all.length)
    for (const { rule, parameters } of all) expect(checkParameters(definitionOf(rule).parameters, parameters, schema)).toEqual([])
    expect(all.find(({ rule, field: on }) => rule === 'new-value' && on === '性别')?.parameters).toEqual({ values: ['男', '女'] })
    expect(all.find(({ rule, field: on }) => rule === 'pattern' && on === '成立日期')?.parameters).toEqual({ pattern: '[0-9]+-[0-9]+-[0-9]+' })
    expect(all.find(({ rule }) => rule === 'value-range')?.parameters).toEqual({ least: 0 })
  })

  it('ask a number of a person of the fields that are about the same person', () => {
    const schema = ['男方身份证号', '男方出生日期', '女方身份证号', '女方出生日期', '母亲身份证号', '出生日期'].map((name) => field(name))
    const given = facts(schema, { recognised: new Map(['男方身份证号', '女方身份证号', '母亲身份证号'].map((name) => [name, 'citizen-number'])) })
    expect(suggested(given, '男方身份证号')['citizen-number-agrees']?.parameters).toEqual({ birthField: '男方出生日期' })
    expect(suggested(given, '母亲身份证号')['citizen-number-agrees']).toBeUndefined()
    expect(suggested(given, '母亲身份证号')['citizen-number']?.parameters).toEqual({})
  })

  it('let other documents stand where the name does not say that only citizen numbers do', () => {
    const given = facts([field('证件号码')], { recognised: new Map([['证件号码', 'citizen-number']]) })
    expect(suggested(given, '证件号码')['citizen-number']?.parameters).toEqual({ othersAllowed: true })
  })

  it('find the first and the last day of a period by their names', () => {
    const given = facts([field('有效期自', 'date'), field('登记日期', 'date'), field('有效期至', 'date')])
    expect(suggested(given, '有效期自')['column-order']?.parameters).toEqual({ other: '有效期至' })
  })

  it('tolerate the gaps that there are and half as many more, and demand nothing of a field that is often empty', () => {
    const given = facts([field('甲'), field('乙')], { profile: [profile('甲', { filled: 980, filledShare: 0.98 }), profile('乙', { filled: 500, filledShare: 0.5 })] })
    expect(suggested(given, '甲')['not-null']?.toleranceShare).toBeCloseTo(0.03, 2)
    expect(suggested(given, '乙')['not-null']?.toleranceShare).toBe(1)
  })

  it('take what very many rows say for an answer, and 无 beside 有', () => {
    const given = facts([field('污染物'), field('贷款')], { profile: [profile('污染物', { frequent: [{ value: '无', count: 400 }] }), profile('贷款', { frequent: [{ value: '有', count: 40 }, { value: '无', count: 30 }] })] })
    expect(suggested(given, '污染物')['not-blank']?.parameters).toEqual({ allowed: ['无'] })
    expect(suggested(given, '贷款')['not-blank']?.parameters['allowed']).toContain('没有')
  })

  it('speak of history only when there is one', () => {
    const earlier = { rows: 10, loadedAt: new Date(0), fields: [] }
    expect(suggested(facts([field('甲')]), null)['schema-match']).toBeUndefined()
    const known = suggested(facts([field('甲')], { history: [earlier, earlier, earlier] }), null)
    expect([known['schema-match']?.reason.kind, known['volume']?.reason.params]).toEqual(['history', ['3']])
  })
})

describe('the baseline', () => {
  it('holds every version against its types, gaps, placeholders, spoilt text, numbers, key, duplicates, age and metadata', () => {
    const given = facts([field('统一社会信用代码'), field('名称')], { recognised: new Map([['统一社会信用代码', 'unified-credit-code']]), keys: ['统一社会信用代码'] })
    expect(new Set(baselineRules(given).map(({ rule }) => rule))).toEqual(new Set(['not-null', 'not-blank', 'garbled-text', 'credit-code', 'value-type', 'duplicate-rows', 'up-to-date', 'reachable', 'unique']))
  })

  it('leaves out no field of a sheet of thousands', () => {
    const schema = Array.from({ length: 2_000 }, (_, i) => field(`项${i}`))
    expect(new Set(baselineRules(facts(schema)).flatMap((rule) => rule.field ?? [])).size).toBe(2_000)
  })
})
