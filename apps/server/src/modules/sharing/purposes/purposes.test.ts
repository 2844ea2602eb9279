import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alternativesOf, isSensitive, kindOf } from './alternatives.ts'
import { figureWords, recognisePurpose } from './recognise-purpose.ts'
import { excessOf, type Knowledge, needOf, NOTHING_KNOWN, wilsonLower } from './weigh-need.ts'

const PURPOSES = [
  { code: 'tax', name: '税务欠税核查', words: ['税务', '税收', '欠税', '征管', '纳税人'], state: 'active' },
  { code: 'fund', name: '公积金提取核验', words: ['公积金', '住房公积金', '提取', '缴存'], state: 'to-be-confirmed' },
  { code: 'old', name: '旧用途', words: ['公积金', '住房公积金', '提取', '缴存', '贷款'], state: 'retired' },
] as const
const purposes = PURPOSES.map((purpose) => ({ ...purpose, words: [...purpose.words] }))

describe('recognising a purpose in free words', () => {
  it('finds the one most of whose words the text has, and names the words', () => {
    expect(recognisePurpose('审核住房公积金贷款和提取时核实缴存人家庭住房套数。', purposes)).toEqual({ code: 'fund', name: '公积金提取核验', words: ['公积金', '住房公积金', '提取', '缴存'] })
    expect(recognisePurpose('对欠税的纳税人开展清缴', purposes)?.code).toBe('tax')
  })

  it('takes the name itself for enough', () => {
    expect(recognisePurpose('税务欠税核查', purposes)?.words[0]).toBe('税务欠税核查')
  })

  it('leaves a text that speaks of none, or of two alike, without a purpose', () => {
    for (const text of ['', '  ', '日常工作需要', '公积金业务', '税务、税收与公积金提取', 'x'.repeat(2000)]) expect(recognisePurpose(text, purposes)).toBeNull()
  })

  it('hears the words that ask for figures', () => {
    expect(figureWords('用于人口统计和规划')).toEqual(['统计', '规划'])
  })
})

const knowing = (change: Partial<Knowledge>): Knowledge => ({ ...NOTHING_KNOWN, ...change })
const seen = (support: number, withField: Record<string, number>) => ({ support, withField: new Map(Object.entries(withField)) })

describe('the need of a field', () => {
  it("goes by the steward's word for the entry, then for whatever entry, then by what was learnt", () => {
    const word = (need: 'needed' | 'unusual') => new Map([['姓名', { need, reason: '依职责' }]])
    const experience = seen(10, { 姓名: 10 })
    expect(needOf('姓名', knowing({ ofEntry: word('unusual'), ofAny: word('needed'), experience }))).toMatchObject({ need: 'unusual', by: 'steward-entry', learnt: { support: 10, share: 1 } })
    expect(needOf('姓名', knowing({ ofAny: word('unusual'), experience }))).toMatchObject({ need: 'unusual', by: 'steward' })
    expect(needOf('姓名', knowing({ experience }))).toMatchObject({ need: 'needed', by: 'learnt' })
  })

  it('is learnt from four applications alike and not from three', () => {
    expect(needOf('a', knowing({ experience: seen(3, { a: 3 }) }))).toMatchObject({ need: 'unknown', by: 'nobody', learnt: { support: 3, confidence: 0.438 } })
    expect(needOf('a', knowing({ experience: seen(4, { a: 4 }) })).need).toBe('needed')
    expect(needOf('b', knowing({ experience: seen(4, { a: 4 }) })).need).toBe('unusual')
    expect(needOf('a', knowing({ experience: seen(20, { a: 11 }) })).need).toBe('unknown')
  })

  it('is unknown of everything when nothing is known, and everything asked counts as beyond it', () => {
    expect(needOf('a', NOTHING_KNOWN)).toMatchObject({ need: 'unknown', by: 'nobody', learnt: null })
    expect(excessOf(['a', 'b'], ['a', 'b', 'c'], NOTHING_KNOWN)).toEqual({ fieldsBeyondNeed: 2, needKnown: false })
    expect(excessOf(['a', 'b'], ['a', 'b', 'c'], knowing({ experience: seen(9, { a: 9 }) }))).toEqual({ fieldsBeyondNeed: 1, needKnown: true })
  })

  it('has a confidence that is never above the share and grows with support', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 1000 }), (share, support) => {
      const bound = wilsonLower(share, support)
      expect(bound).toBeGreaterThanOrEqual(0)
      expect(bound).toBeLessThanOrEqual(share + 1e-9)
      expect(wilsonLower(share, support * 4)).toBeGreaterThanOrEqual(bound - 1e-9)
    }))
  })
})

describe('coarser forms', () => {
  const aField = (name: string, change: object = {}) => ({
    name, description: '', type: 'text' as const, precision: null, scale: null, maxLength: null, unit: null, element: null, codeList: null, elementSuggestion: null, grade: 'public' as const, suggestion: null, masking: null, identifier: false, ...change,
  })

  it('are a band or the year for a date of birth, and verification for identifying numbers', () => {
    expect(alternativesOf(aField('出生日期')).map(({ kind }) => kind)).toEqual(['age-band', 'birth-year'])
    expect(alternativesOf(aField('公民身份号码')).map(({ kind, masking }) => [kind, masking])).toEqual([['verification', null], ['age-band', 'age-band']])
    for (const name of ['联系电话', '统一社会信用代码']) expect(alternativesOf(aField(name)).map(({ kind }) => kind)).toEqual(['verification'])
    expect(alternativesOf(aField('泊位数'))).toEqual([])
  })

  it('have the masked form that the entry has already, and no other mask', () => {
    expect(alternativesOf(aField('公民身份号码', { masking: 'citizen-number' })).map(({ kind }) => kind)).toEqual(['verification', 'masked'])
    expect(alternativesOf(aField('出生日期', { masking: 'birth-date' })).map(({ kind }) => kind)).toEqual(['age-band', 'masked'])
    expect(alternativesOf(aField('住址', { masking: 'address' }))).toMatchObject([{ kind: 'masked', masking: 'address' }])
  })

  it('follow what was found in the values rather than the name', () => {
    const suggestion = { recognizer: 'citizen-number', grade: 'secret', masking: null, confidence: 1, evidence: [] }
    expect(kindOf(aField('编号', { suggestion }))).toBe('citizen-number')
    expect(isSensitive(aField('编号', { suggestion }))).toBe(true)
    expect(isSensitive(aField('编号'))).toBe(false)
    expect(isSensitive(aField('编号', { grade: 'secret' }))).toBe(true)
  })
})
