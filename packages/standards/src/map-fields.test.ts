import { describe, expect, it } from 'vitest'
import { CERTAIN_CONFIDENCE, createMapper, SHOWN_CONFIDENCE } from './map-fields.ts'
import { foldName } from './names.ts'
import { SEED_ELEMENTS } from './seed/data-elements.ts'
import { cityFields, initialsOf, judge, numbered, seedMapper } from './testing/city-fields.ts'

const mapper = seedMapper(SEED_ELEMENTS)
/** The seed as if nobody had gathered other names: what is not called exactly so must be found by likeness and content. */
const bare = SEED_ELEMENTS.map((element) => ({ ...element, synonyms: [] }))
const field = (name: string, more: object = {}) => ({ name, description: '', type: 'text' as const, values: [], recognised: [], ...more })
const best = (content: ReturnType<typeof field>) => mapper.mapField(content).candidates[0]

describe('mapping the demonstration city', () => {
  const fields = cityFields()

  it('is nearly always right where it is sure', () => {
    const { precision, recall } = judge(mapper, SEED_ELEMENTS, fields, CERTAIN_CONFIDENCE)
    expect(precision).toBeGreaterThanOrEqual(0.98)
    expect(recall).toBeGreaterThanOrEqual(0.9)
  })

  it('is mostly right where it only suggests', () => {
    const { precision, recall } = judge(mapper, SEED_ELEMENTS, fields, SHOWN_CONFIDENCE)
    expect(precision).toBeGreaterThanOrEqual(0.95)
    expect(recall).toBeGreaterThanOrEqual(0.95)
  })

  it('does without other names that somebody gathered', () => {
    const { precision, recall } = judge(seedMapper(bare), bare, fields, SHOWN_CONFIDENCE)
    expect(precision).toBeGreaterThanOrEqual(0.85)
    expect(recall).toBeGreaterThanOrEqual(0.7)
  })

  it('reads initials of pinyin, as old databases name their columns', () => {
    const { precision, recall } = judge(mapper, SEED_ELEMENTS, cityFields(initialsOf), SHOWN_CONFIDENCE)
    expect(precision).toBeGreaterThanOrEqual(0.93)
    expect(recall).toBeGreaterThanOrEqual(0.9)
  })

  it('finds by content alone what has checks or codes, and keeps silent on the rest', () => {
    const { precision, recall } = judge(mapper, SEED_ELEMENTS, cityFields(numbered), SHOWN_CONFIDENCE)
    expect(precision).toBeGreaterThanOrEqual(0.5)
    expect(recall).toBeGreaterThanOrEqual(0.2)
    expect(judge(mapper, SEED_ELEMENTS, cityFields(numbered), CERTAIN_CONFIDENCE).recall).toBe(0)
  })
})

describe('mapping a field', () => {
  it('takes a name, another name, pinyin and English for what they mean, with the reason', () => {
    const reason = (name: string) => [best(field(name))?.element, best(field(name))?.reasons[0]?.kind]
    expect(reason('公民身份号码')).toEqual(['DE01001', 'name-equal'])
    expect(reason('居民身份证号码')).toEqual(['DE01001', 'name-synonym'])
    expect(reason('母亲身份证号码')).toEqual(['DE01001', 'name-ends'])
    expect(reason('GMSFHM')).toEqual(['DE01001', 'name-initials'])
    expect(reason('gongminshenfenhaoma')).toEqual(['DE01001', 'name-pinyin'])
    expect(reason('birth_date')).toEqual(['DE01007', 'name-synonym'])
    expect(reason('dateOfBirth')).toEqual(['DE01007', 'name-synonym'])
  })

  it('says nothing of names that say nothing', () => {
    for (const name of ['F1', '字段', 'x', '', '。。', '日期', '𝕏😀']) expect(best(field(name))).toBeUndefined()
  })

  it('is less sure when the values are of another kind', () => {
    const phones = { values: ['13800138000', '13900139000', '13700137000', '13600136000', '13500135000'], recognised: [{ recognizer: 'phone', confidence: 0.95, validShare: 1 }] }
    expect(best(field('联系人', phones))!.confidence).toBeLessThan(CERTAIN_CONFIDENCE)
    expect(best(field('联系人', phones))!.reasons.map(({ kind }) => kind)).toContain('values-other-kind')
  })

  it('learns from what a department confirmed, and trusts other departments less', () => {
    const learnt = new Map([[foldName('老人卡'), 'DE01025']])
    expect(mapper.mapField(field('老人卡')).candidates).toEqual([])
    expect(mapper.mapField(field('老人卡'), { own: learnt, others: new Map() }).candidates[0]).toMatchObject({ element: 'DE01025', confidence: 0.98 })
    expect(mapper.mapField(field('老人卡'), { own: new Map(), others: learnt }).candidates[0]).toMatchObject({ element: 'DE01025', confidence: 0.88 })
  })

  it('works with a standard that is empty', () => {
    expect(createMapper([], () => undefined).mapField(field('姓名'))).toEqual({ name: '姓名', candidates: [], codeList: null })
  })
})
