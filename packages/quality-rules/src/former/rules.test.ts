import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countVerdicts } from './count-verdicts.ts'
import { evaluateVersion, MESSAGE_KEYS, RULES } from './registry.ts'
import { type FieldFigures, RULE_IDS, type RuleId, type VersionFigures } from './rule.ts'
import { aField, aVersion } from './testing/figures.ts'

const one = (rule: RuleId, figures: VersionFigures) => RULES[rule].evaluate(figures)[0]
const field = (rule: RuleId, given: Partial<FieldFigures>) => one(rule, aVersion({ fields: [aField(given)] }))

describe('rules', () => {
  it('are registered under their own ids, with a weight and their messages', () => {
    for (const id of RULE_IDS) {
      expect(RULES[id].id).toBe(id)
      expect(RULES[id].weight).toBeGreaterThan(0)
    }
    expect(new Set(MESSAGE_KEYS).size).toBe(MESSAGE_KEYS.length)
  })

  it('fill-rate counts what is missing, field by field', () => {
    expect(field('fill-rate', { filled: 60 })).toMatchObject({ field: '编号', score: 0.6, checked: 100, failing: 40 })
    expect(one('fill-rate', aVersion({ rowsStored: 0, fields: [aField({ filled: 0, distinct: 0 })] }))?.score).toBeNull()
  })

  it('placeholder-share finds 无, 不详, 0000 and -- among the frequent values and shows one of them', () => {
    const top = [
      { value: '张三', count: 50 },
      { value: ' 无 ', count: 10 },
      { value: '不详', count: 5 },
      { value: '0000', count: 3 },
      { value: '--', count: 2 },
      { value: 'N/A', count: 1 },
    ]
    expect(field('placeholder-share', { top })).toMatchObject({
      failing: 21,
      score: 0.79,
      message: 'quality.placeholder-share.at-least',
      params: { example: ' 无 ' },
    })
    expect(field('placeholder-share', { top, placeholders: 30 })).toMatchObject({ failing: 30, message: 'quality.placeholder-share.counted' })
    const answers = [{ value: '有', count: 60 }, { value: '無', count: 39 }, { value: '--', count: 1 }]
    expect(field('placeholder-share', { top: answers })?.failing).toBe(1)
    expect(field('placeholder-share', { top: answers, placeholders: 40 })?.failing).toBe(1)
    expect(field('placeholder-share', { type: 'date', top: [{ value: '1900-01-01', count: 4 }] })?.failing).toBe(4)
    expect(field('placeholder-share', { type: 'integer', top: [{ value: '0', count: 4 }] })).toBeUndefined()
  })

  it('recognised-validity counts doubtful values half and only invalid ones as failing', () => {
    expect(field('recognised-validity', { recognizer: 'citizen-number', validShare: 0.7, doubtfulShare: 0.2 })).toMatchObject({
      failing: 10,
      score: 0.8,
      params: { standard: 'GB 11643-1999', doubtful: 20 },
    })
    expect(field('recognised-validity', { recognizer: 'phone', validShare: 0.5, checked: 50 })).toMatchObject({ checked: 50, failing: 25, score: 0.5 })
    expect(field('recognised-validity', { recognizer: 'person-name', validShare: 0.5 })).toBeUndefined()
    expect(field('recognised-validity', { recognizer: 'constructor', validShare: 0.5 })).toBeUndefined()
    expect(field('recognised-validity', {})).toBeUndefined()
  })

  it('type-conformity counts rejected rows', () => {
    expect(one('type-conformity', aVersion({ rowsStored: 90, rowsRejected: 10 }))).toMatchObject({ checked: 100, failing: 10, score: 0.9 })
  })

  it('named-fields finds fields that nobody named', () => {
    const names = ['编号', 'F1', 'Unnamed: 3', '', 'column_2', '列1', 'fax', '面积']
    expect(one('named-fields', aVersion({ fields: names.map((name) => aField({ name })) }))?.failing).toBe(5)
  })

  it('unique-key names the key, or the field that almost is one, or says nothing', () => {
    expect(one('unique-key', aVersion())).toMatchObject({ score: 1, message: 'quality.unique-key.found', params: { key: '编号' } })
    expect(field('unique-key', { distinct: 97 })).toMatchObject({ score: 0.97, failing: 3, message: 'quality.unique-key.broken' })
    expect(field('unique-key', { distinct: 20 })).toMatchObject({ score: null, message: 'quality.unique-key.none' })
    expect(field('unique-key', { distinctApproximate: true })?.score).toBeNull()
    expect(field('unique-key', { type: 'decimal' })?.score).toBeNull()
  })

  it('duplicate-rows believes a count, knows that a key excludes duplicates, and else does not know', () => {
    expect(one('duplicate-rows', aVersion({ duplicateRows: 5 }))).toMatchObject({ score: 0.95, failing: 5 })
    expect(one('duplicate-rows', aVersion())?.score).toBe(1)
    expect(field('duplicate-rows', { distinct: 20 })).toMatchObject({ score: null, message: 'quality.duplicate-rows.not-counted' })
  })

  it('garbled-text counts, or estimates from samples without rounding a find away, or looks at frequent values', () => {
    expect(field('garbled-text', { garbled: 7 })).toMatchObject({ failing: 7, message: 'quality.garbled-text.counted' })
    const samples = [...Array.from({ length: 999 }, () => '临海市'), '锟斤拷']
    expect(field('garbled-text', { samples })).toMatchObject({ failing: 1, message: 'quality.garbled-text.sample' })
    expect(field('garbled-text', { top: [{ value: '涓滃崕闂ㄨ閬', count: 9 }] })).toMatchObject({ failing: 9, message: 'quality.garbled-text.at-least' })
  })

  it('single-form finds 15 and 18 characters side by side', () => {
    expect(field('single-form', { recognizer: 'citizen-number', validShare: 0.6, doubtfulShare: 0.2 })).toMatchObject({ score: 0.75, failing: 20 })
    expect(field('single-form', { recognizer: 'citizen-number', validShare: 0, doubtfulShare: 0.9 })?.score).toBe(1)
    expect(field('single-form', { recognizer: 'citizen-number', validShare: 0, doubtfulShare: 0 })?.score).toBeNull()
  })

  it('up-to-date is full within the cycle and nothing after three', () => {
    const after = (days: number, updateCycleDays: number | null = 30) =>
      one('up-to-date', aVersion({ updateCycleDays, now: new Date(Date.UTC(2026, 10, 1 + days)) }))
    expect(after(30)).toMatchObject({ score: 1, failing: 0, message: 'quality.up-to-date.in-time' })
    expect(after(60)).toMatchObject({ score: 0.5, failing: 1, message: 'quality.up-to-date.late', params: { ageDays: 60, cycleDays: 30 } })
    expect(after(400)?.score).toBe(0)
    expect(after(400, null)).toMatchObject({ score: null, message: 'quality.up-to-date.no-cycle' })
    expect(after(-5)?.score).toBe(1)
  })

  it('give scores within 0 and 1, counts that fit, and known messages for any figures, sound or not', () => {
    const count = fc.integer({ min: 0, max: 1000 })
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const fields: fc.Arbitrary<FieldFigures> = fc.record(
      {
        name: fc.string(),
        type: fc.constantFrom('text', 'integer', 'date', 'decimal'),
        filled: count,
        distinct: fc.option(count),
        top: fc.array(fc.record({ value: fc.constantFrom('无', 'x', '锟斤拷'), count })),
        recognizer: fc.constantFrom('citizen-number', 'phone', 'person-name'),
        validShare: share,
        doubtfulShare: share,
        samples: fc.array(fc.string()),
        placeholders: count,
      },
      { requiredKeys: ['name', 'type', 'filled', 'distinct', 'top'] },
    )
    const date = fc.date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2100-01-01') })
    const versions: fc.Arbitrary<VersionFigures> = fc.record(
      { rowsStored: count, rowsRejected: count, fields: fc.array(fields, { maxLength: 4 }), duplicateRows: count, loadedAt: date, updateCycleDays: fc.option(count), now: date },
      { requiredKeys: ['rowsStored', 'rowsRejected', 'fields', 'loadedAt', 'now'] },
    )
    fc.assert(
      fc.property(versions, (version) => {
        for (const { rule, score, failing, message } of evaluateVersion(version)) {
          if (score !== null) expect(score >= 0 && score <= 1).toBe(true)
          expect(failing).toBeGreaterThanOrEqual(0)
          expect(RULES[rule].messages).toContain(message)
        }
      }),
    )
  })
})

describe('counting verdicts', () => {
  it('leaves out what is missing and gives shares of the rest', () => {
    const validate = (value: string) => (value === 'a' ? 'valid' : value === 'b' ? 'doubtful' : 'invalid')
    expect(countVerdicts(['a', 'a', 'b', 'c', null, ' '], validate)).toEqual({
      checked: 4,
      valid: 2,
      doubtful: 1,
      invalid: 1,
      validShare: 0.5,
      doubtfulShare: 0.25,
    })
    expect(countVerdicts([], validate).validShare).toBe(0)
  })
})
