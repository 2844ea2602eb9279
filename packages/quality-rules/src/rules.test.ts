import type { VersionRef } from '@datong/data-engine'
import { versionOf } from '@datong/data-engine/measure-suite'
import type { EngineHarness } from '@datong/data-engine/contract-suite'
import { citizenNumberCheck, creditCodeCheck, organisationCodeCheck } from '@datong/recognizers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { duckDbHarness } from '../../adapters/data-engine-duckdb/src/testing/harness.ts'
import { RULE_CATALOGUE } from './catalogue.ts'
import { evaluateRule, evaluateRules, passes } from './evaluate-rules.ts'
import { needsOf } from './needs.ts'
import { checkParameters, type ParameterValues } from './parameters.ts'
import { RULE_IDS, type RuleId, type RuleOutcome } from './rule.ts'
import type { Subject } from './subject.ts'
import { aSubject } from './testing/a-subject.ts'

const citizen = (seventeen: string): string => seventeen + citizenNumberCheck(seventeen)
const creditOf = (seventeen: string): string => seventeen + creditCodeCheck(seventeen)

const MAN = citizen('33990219900307123')
const WOMAN = citizen('33990219851231456')
const FIFTEEN = '339902900307123'
const WRONG = MAN.slice(0, 17) + (MAN.endsWith('0') ? '1' : '0')
const CREDIT = creditOf(`91339902MA2XYXYX${organisationCodeCheck('MA2XYXYX')}`)

let harness: EngineHarness
let here: VersionRef
let there: VersionRef
beforeAll(async () => {
  harness = await duckDbHarness()
  const header = ['号', '生', '性', '码', '话', '牌', '卡', '址', '文', '起', '止', '额', '区', '况', '合']
  here = await versionOf(harness, 'here', header, [
    [MAN, '1990-03-07', '男', CREDIT, '13812345678', '浙J12345', '6222021234567890128', '浙江省台州市临海市忠孝路12号', '临海市古城街道', '2020-01-05', '2021-01-05', '12.50', '339902', '有效', '3'],
    [WOMAN, '1985-12-30', '女', CREDIT.slice(0, 17) + (CREDIT.endsWith('0') ? '1' : '0'), '87654321', '浙JD12345', '6222021234567890123', '忠孝路', '锟斤拷锟斤拷', '2020-02-30', '2021-01-05', '12万元', '339999', '无', '3'],
    [FIFTEEN, '1990年3月7日', '女', 'ABC', '0576-85112345', 'X', '', '台州市', '涓滃崕闂ㄨ閬', '2022-01-05', '2021-01-05', '-3', '330000', '注销', '5'],
    [WRONG, '', '', '', 'abc', '', '', '', ' 尾', '', '', '', '', '有效', '1'],
    [MAN, '1990-03-07', '1', CREDIT, '13812345678', '浙J12345', '6222021234567890128', '浙江省台州市临海市忠孝路12号', '临海市古城街道', '2020-01-05', '2021-01-05', '12.50', '339902', '有效', '3'],
  ], { 合: 'integer' })
  there = await versionOf(harness, 'there', ['键', '性', '分'], [[MAN, '男', '1'], [WOMAN, '男', '3'], ['x', '女', '1'], [MAN, '男', '2']])
})
afterAll(async () => {
  await harness.engine.close()
  await harness.dispose()
})

const subject = (given: Partial<Subject> = {}): Subject => aSubject(here, {
  rowsStored: 5,
  rowsRejected: 1,
  entries: new Map([['306/1', there]]),
  codeLists: new Map([['divisions', [
    { from: '1980-01-01', codes: [{ code: '339902', name: '甲县' }, { code: '330000', name: '浙江省' }] },
    { from: '2021-06-01', codes: [{ code: '339902', name: '甲区' }] },
  ]], ['states', [{ from: '2020-01-01', codes: [{ code: '1', name: '有效' }, { code: '2', name: '注销', aliases: ['吊销'] }] }]]]),
  elements: new Map([
    ['DE01', { notation: 'n..12,2', minimum: 0, maximum: null, codeList: null, recognizers: [] }],
    ['DE02', { notation: 'C..20', minimum: null, maximum: null, codeList: null, recognizers: ['phone'] }],
  ]),
  history: [{ rows: 50, loadedAt: new Date('2026-10-01'), fields: [{ name: '号', type: 'text', nullable: true }, { name: '额', type: 'decimal', nullable: true }, { name: '旧', type: 'text', nullable: true }] }],
  entry: { metadata: [{ item: 'title', present: true }, { item: 'summary', present: false }], endpoints: [{ kind: 'rows', up: true }] },
  ...given,
})
const outcome = (rule: RuleId, field: string | null, parameters: ParameterValues = {}, given: Partial<Subject> = {}): Promise<RuleOutcome> =>
  evaluateRule({ rule, field, parameters }, subject(given), harness.engine)

describe('the catalogue', () => {
  it('has forty rules under their own ids, in all six dimensions', () => {
    expect(RULE_IDS).toHaveLength(40)
    for (const id of RULE_IDS) expect(RULE_CATALOGUE[id].id).toBe(id)
    expect(new Set(RULE_IDS.map((id) => RULE_CATALOGUE[id].dimension)).size).toBe(6)
  })

  it('has defaults that its own parameters allow, and titles in two languages', () => {
    for (const id of RULE_IDS) {
      const { parameters, titleZh, titleEn, aboutZh, aboutEn } = RULE_CATALOGUE[id]
      const missing = checkParameters(parameters, {}).filter(({ code }) => code !== 'required')
      expect(missing).toEqual([])
      for (const text of [titleZh, titleEn, aboutZh, aboutEn, ...parameters.flatMap((one) => [one.titleZh, one.titleEn])]) expect(text).not.toBe('')
    }
  })
})

describe('rules', () => {
  it.each<[RuleId, string | null, ParameterValues, Partial<RuleOutcome>]>([
    ['schema-match', null, {}, { checked: 3, failed: 2, params: expect.objectContaining({ missing: '旧', retyped: '额' }) }],
    ['schema-match', null, { fields: ['号:text', '合'] }, { checked: 2, failed: 0 }],
    ['element-conformity', '额', { element: 'DE01' }, { checked: 4, failed: 2, sample: [1, 2] }],
    ['element-conformity', '话', { element: 'DE02' }, { checked: 5, failed: 1, doubtful: 1, sample: [3] }],
    ['code-set', '况', { codeList: 'states' }, { checked: 5, failed: 1, sample: [1] }],
    ['division-valid', '区', { codeList: 'divisions' }, { checked: 4, failed: 2, sample: [1, 2] }],
    ['division-valid', '区', { codeList: 'divisions', day: '2020-01-01' }, { checked: 4, failed: 1, sample: [1] }],
    ['division-valid', '区', { codeList: 'divisions', dateField: '起' }, { checked: 3, failed: 1, sample: [2] }],
    ['value-type', null, {}, { checked: 6, failed: 1 }],
    ['value-type', '额', { as: 'number' }, { checked: 4, failed: 1, sample: [1] }],
    ['precision-and-unit', '额', { precision: 4, scale: 2, unit: '万元' }, { checked: 4, failed: 0, doubtful: 1, sample: [1] }],
    ['precision-and-unit', '额', { precision: 4, scale: 2 }, { checked: 4, failed: 1, sample: [1] }],
    ['new-value', '况', { values: ['有效', '注销'] }, { checked: 5, failed: 1, sample: [1] }],
    ['not-null', '生', {}, { checked: 5, failed: 1, sample: [3] }],
    ['not-blank', '况', {}, { checked: 5, failed: 1, sample: [1] }],
    ['not-blank', '况', { allowed: ['无'] }, { checked: 5, failed: 0 }],
    ['required-if', '生', { when: '号' }, { checked: 5, failed: 1, sample: [3] }],
    ['required-if', '生', { when: '况', values: ['注销'] }, { checked: 1, failed: 0 }],
    ['row-count', null, { least: 6 }, { checked: 1, failed: 1 }],
    ['record-filled', null, { leastShare: 0.8 }, { checked: 5, failed: 1, sample: [3] }],
    ['key-coverage', null, { fields: ['号'], entry: '306/1', keyFields: ['键'] }, { checked: 3, failed: 1 }],
    ['pattern', '牌', { pattern: '浙.*' }, { checked: 4, failed: 1, sample: [2] }],
    ['text-length', '号', { least: 18, most: 18 }, { checked: 5, failed: 1, sample: [2] }],
    ['real-date', '起', {}, { checked: 4, failed: 1, sample: [1] }],
    ['value-range', '额', { least: 0, most: 12 }, { checked: 3, failed: 3, sample: [0, 2, 4] }],
    ['value-range', '生', { least: '1986-01-01' }, { checked: 4, failed: 1, sample: [1] }],
    ['column-order', '起', { other: '止' }, { checked: 3, failed: 1, sample: [2] }],
    ['citizen-number', '号', {}, { checked: 5, failed: 2, sample: [2, 3] }],
    ['citizen-number', '号', { fifteenAllowed: true }, { checked: 5, failed: 1, sample: [3] }],
    ['citizen-number-agrees', '号', { birthField: '生', sexField: '性' }, { checked: 4, failed: 2, sample: [1, 2] }],
    ['citizen-number-agrees', '号', { codeList: 'divisions' }, { checked: 4, failed: 0 }],
    ['credit-code', '码', {}, { checked: 4, failed: 1, doubtful: 1, sample: [2] }],
    ['luhn', '卡', {}, { checked: 3, failed: 1 }],
    ['phone', '话', {}, { checked: 5, failed: 1, doubtful: 1, sample: [3] }],
    ['plate', '牌', {}, { checked: 4, failed: 1, sample: [2] }],
    ['unique', '号', {}, { checked: 5, failed: 2, sample: [0, 4] }],
    ['unique', '号', { with: ['性'] }, { checked: 4, failed: 0 }],
    ['duplicate-rows', null, {}, { checked: 5, failed: 0 }],
    ['duplicate-rows', null, { fields: ['号', '生'] }, { checked: 5, failed: 1, sample: [4] }],
    ['near-duplicates', null, { alike: 0 }, { checked: 5, failed: 1, sample: [4] }],
    ['outliers', '合', { factor: 1.5 }, { checked: 5, failed: 0 }],
    ['garbled-text', '文', {}, { checked: 5, failed: 2, sample: [1, 2] }],
    ['stray-characters', '文', {}, { checked: 5, failed: 1, sample: [3] }],
    ['address-level', '址', { level: 'road' }, { checked: 4, failed: 1, sample: [2] }],
    ['reference', '号', { entry: '306/1', keyFields: ['键'] }, { checked: 5, failed: 2, sample: [2, 3] }],
    ['same-elsewhere', '性', { key: ['号'], entry: '306/1', keyFields: ['键'], otherField: '性' }, { checked: 3, failed: 2, sample: [1, 4] }],
    ['dependency', '性', { from: ['生'] }, { checked: 4, failed: 0, doubtful: 2, sample: [0, 4] }],
    ['most-per-key', '况', { most: 2 }, { checked: 5, failed: 3, sample: [0, 3, 4] }],
    ['sums-agree', '合', { key: ['号'], entry: '306/1', keyFields: ['键'], amount: '分' }, { checked: 3, failed: 0 }],
    ['up-to-date', null, { cycleDays: 7 }, { checked: 1, failed: 1, score: 0.5 }],
    ['event-lag', '起', { recordedField: '止', mostDays: 366 }, { checked: 3, failed: 0 }],
    ['event-lag', '起', { recordedField: '止', mostDays: 365 }, { checked: 3, failed: 2, sample: [0, 4] }],
    ['volume', null, {}, { checked: 1, failed: 1, params: { rows: 5, usual: 50 } }],
    ['reachable', null, {}, { checked: 18, failed: 1, params: expect.objectContaining({ missing: 'summary' }) }],
  ])('%s on %s with %o', async (rule, field, parameters, expected) => {
    const got = await outcome(rule, field, parameters)
    expect(got).toMatchObject({ rule, field, reason: null, ...expected })
    expect(got.score).toBeGreaterThanOrEqual(0)
    expect(got.score).toBeLessThanOrEqual(1)
  })

  it('count endpoints that do not answer as much as a description, and those that nobody asked not at all', async () => {
    const entry = (...ups: (boolean | null)[]) => ({ entry: { metadata: [{ item: 'title', present: true }], endpoints: ups.map((up) => ({ kind: 'link' as const, up })) } })
    expect(await outcome('reachable', null, {}, entry())).toMatchObject({ checked: 16, failed: 0, score: 1, params: { up: null, endpoints: 0, down: 0 } })
    expect(await outcome('reachable', null, {}, entry(true, null))).toMatchObject({ checked: 17, failed: 0, score: 1, params: { up: 1, endpoints: 1, down: 0 } })
    expect(await outcome('reachable', null, {}, entry(true, false))).toMatchObject({ checked: 18, failed: 1, score: 0.75, params: { up: 0, endpoints: 2, down: 1 } })
    expect(await outcome('reachable', null, {}, entry(false))).toMatchObject({ checked: 17, failed: 1, score: 0.5 })
  })

  it('see texts that a spreadsheet would run, and let signs, numbers and dashes be', async () => {
    const run = ['=HYPERLINK("https://x.example","y")', '=1+1', '＝cmd', '@SUM(1)', '+cmd|x', '-2+SUM(3)']
    const version = await versionOf(harness, 'formulas', ['文'], [...run, '=', '==', '= =', '-5', '+8613800000000', '--', '@微博', 'a=b', '-（无）', '+ 甲'].map((text) => [text]))
    const of = (parameters: ParameterValues): Promise<RuleOutcome> => evaluateRule({ rule: 'stray-characters', field: '文', parameters }, aSubject(version), harness.engine)
    expect(await of({})).toMatchObject({ checked: 16, failed: 6, sample: [0, 1, 2, 3, 4, 5] })
    expect(await of({ formulasAllowed: true })).toMatchObject({ failed: 0 })
  })

  it('doubt references to rows that the other entry had and did not take in', async () => {
    const rule = { rule: 'reference', field: '号', parameters: { entry: '306/1', keyFields: ['键'] } } as const
    const rejected = new Map([['306/1', [`${FIFTEEN},男,1,zu,viel`]], ['306/2', [WRONG]]])
    expect(await evaluateRule(rule, subject({ rejected }), harness.engine)).toMatchObject({ checked: 5, failed: 1, doubtful: 1, sample: [3] })
  })

  it('take the days on which nothing happened for placeholders, whatever they are stored as, unless they are allowed', async () => {
    const days = ['1900-01-01', '1970-01-01', '2020-01-01', '9999-12-31', '']
    const version = await versionOf(harness, 'days', ['日', '字', '时'], days.map((day) => [day, day, day === '' ? '' : `${day} 00:00:00`]), { 日: 'date-ymd', 时: 'datetime-ymd' })
    const of = (field: string, parameters: ParameterValues = {}): Promise<RuleOutcome> => evaluateRule({ rule: 'not-blank', field, parameters }, aSubject(version), harness.engine)
    for (const field of ['日', '字', '时']) expect(await of(field)).toMatchObject({ checked: 4, failed: 2, doubtful: 1, sample: [0, 3] })
    expect(await of('日', { allowed: ['9999-12-31'] })).toMatchObject({ failed: 1, sample: [0] })
  })

  it.each<[RuleId, string | null, ParameterValues, Partial<Subject>, string]>([
    ['not-null', '没有', {}, {}, 'field-missing'],
    ['garbled-text', '合', {}, {}, 'wrong-type'],
    ['code-set', '况', { codeList: 'x' }, {}, 'unknown-code-list'],
    ['element-conformity', '况', { element: 'x' }, {}, 'unknown-element'],
    ['reference', '号', { entry: 'x', keyFields: ['键'] }, {}, 'unknown-entry'],
    ['reference', '号', { entry: '306/1', keyFields: ['无'] }, {}, 'field-missing'],
    ['volume', null, {}, { history: [] }, 'no-history'],
    ['up-to-date', null, {}, { updateCycleDays: null }, 'no-cycle'],
    ['reachable', null, {}, { entry: null }, 'not-told'],
    ['luhn', '文', {}, { version: { files: [], schema: [] } }, 'field-missing'],
  ])('%s on %s says why it has nothing to say', async (rule, field, parameters, given, reason) => {
    expect(await outcome(rule, field, parameters, given)).toMatchObject({ score: null, reason, checked: 0, failed: 0 })
  })

  it('do not silence each other: a pattern that the engine refuses concerns its own rule alone', async () => {
    const rules = [{ rule: 'not-null', field: '生', parameters: {} }, { rule: 'pattern', field: '生', parameters: { pattern: '(a)\\1' } }] as const
    const [good, bad] = await evaluateRules(rules, subject(), harness.engine)
    expect(good).toMatchObject({ failed: 1 })
    expect(bad).toMatchObject({ reason: 'engine-refused', score: null })
    expect([passes(good!, 0.2), passes(good!, 0.1), passes(bad!, 1)]).toEqual([true, false, null])
  })

  it('tell what they name beside their own version', () => {
    expect(needsOf([
      { rule: 'reference', field: '号', parameters: { entry: '306/1', keyFields: ['键'] } },
      { rule: 'sums-agree', field: '号', parameters: {} },
      { rule: 'division-valid', field: '区', parameters: { codeList: 'divisions' } },
      { rule: 'element-conformity', field: '额', parameters: { element: 'DE01' } },
    ])).toEqual({ entries: ['306/1'], codeLists: ['divisions'], elements: ['DE01'] })
  })

  it('refuse parameters that are none of theirs, of another kind, out of bounds, or explosive', () => {
    const wrong = (rule: RuleId, values: ParameterValues): string[] => checkParameters(RULE_CATALOGUE[rule].parameters, values, here.schema).map(({ pointer, code }) => `${pointer} ${code}`)
    expect(wrong('pattern', {})).toEqual(['/parameters/pattern required'])
    expect(wrong('pattern', { pattern: '(?=a)b' })).toEqual(['/parameters/pattern invalid'])
    expect(wrong('pattern', { pattern: '(' })).toEqual(['/parameters/pattern invalid'])
    expect(wrong('text-length', { least: -1, most: 1.5, x: 1 })).toEqual(['/parameters/x unknown', '/parameters/least invalid', '/parameters/most invalid'])
    expect(wrong('column-order', { other: '没有' })).toEqual(['/parameters/other unknown-field'])
    expect(wrong('address-level', { level: 'moon' })).toEqual(['/parameters/level invalid'])
    expect(wrong('value-range', { least: '2020-02-31x', most: 5 })).toEqual(['/parameters/least invalid'])
    expect(wrong('reference', { entry: '306/1', keyFields: ['键'] })).toEqual([])
  })
})
