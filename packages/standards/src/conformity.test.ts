import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CodeMatcher } from './code-list.ts'
import { addCounts, conformityOf, conformityShare } from './conformity.ts'
import type { DataElement } from './data-element.ts'
import type { FieldContent } from './field-content.ts'
import { fits, readNotation } from './notation.ts'
import { readReason, writeReason } from './reason.ts'
import { SEED_CODE_LISTS } from './seed/code-lists.ts'
import { SEED_ELEMENTS } from './seed/data-elements.ts'

const element = (name: string): DataElement => SEED_ELEMENTS.find((one) => one.name === name)!
const matcher = (id: string) => new CodeMatcher(SEED_CODE_LISTS.find((list) => list.id === id)!.versions[0]!.codes)
const field = (name: string, type: FieldContent['type'], values: string[], recognised: FieldContent['recognised'] = []): FieldContent => ({ name, description: '', type, values, recognised })
const times = (count: number, value: string): string[] => Array.from({ length: count }, () => value)

describe('conformity of a field', () => {
  it('passes codes and names of a list alike, and fails below 95 of 100', () => {
    const sex = element('性别')
    expect(conformityOf(field('性别', 'text', ['男', '女', '1', '2', '男性']), sex, matcher('GB2261.1')).conforms).toBe(true)
    expect(conformityOf(field('性别', 'integer', ['1', '2', '9']), sex, matcher('GB2261.1')).conforms).toBe(true)
    const most = conformityOf(field('性别', 'text', [...times(94, '男'), ...times(6, '先生')]), sex, matcher('GB2261.1'))
    expect([most.conforms, most.faults.map(({ kind }) => kind)]).toEqual([false, ['type-unfit', 'length-unfit', 'codes-unfit'].slice(1)])
  })

  it('asks dates to be dates, and says so of dates kept as text with other writings', () => {
    expect(conformityOf(field('出生日期', 'date', ['1990-02-03']), element('出生日期'), undefined).conforms).toBe(true)
    const written = conformityOf(field('出生日期', 'text', ['1990年2月3日', '1990-02-03']), element('出生日期'), undefined)
    expect([written.conforms, written.faults[0]]).toEqual([false, { kind: 'type-unfit', params: ['text', 'YYYYMMDD'] }])
  })

  it('takes the share that passes its checks for numbers that have some', () => {
    const share = (validShare: number) => conformityOf(field('身份证号', 'text', times(10, '110101199003070011'), [{ recognizer: 'citizen-number', confidence: 1, validShare }]), element('公民身份号码'), undefined)
    expect([share(0.99).conforms, share(0.9).conforms]).toEqual([true, false])
  })

  it('measures nothing it has no values for, and does not fail a partial list for what it lacks', () => {
    expect(conformityOf(field('民族', 'text', []), element('民族'), matcher('GB3304')).aspects.filter(({ score }) => score !== null).map(({ aspect }) => aspect)).toEqual(['type', 'name'])
    const industry = new CodeMatcher([{ code: 'A', name: '农业' }], true)
    expect(conformityOf(field('行业代码', 'text', ['I6510']), element('行业代码'), industry).conforms).toBe(true)
  })

  it('keeps numbers within their range', () => {
    expect(conformityOf(field('纬度', 'decimal', ['30.25', '30.5']), element('纬度'), undefined).conforms).toBe(true)
    expect(conformityOf(field('纬度', 'decimal', ['130.25', '30.5']), element('纬度'), undefined).faults.map(({ kind }) => kind)).toEqual(['range-unfit'])
  })

  it('has shares between 0 and 1 and conforms exactly when none that counts is below 0.95', () => {
    const anyElement = fc.constantFrom(...SEED_ELEMENTS)
    const anyField = fc.record({ name: fc.string(), description: fc.constant(''), type: fc.constantFrom('text' as const, 'integer' as const, 'decimal' as const, 'date' as const), values: fc.array(fc.oneof(fc.string(), fc.constantFrom('男', '2020-01-01', '18', '1.5'))), recognised: fc.constant([]) })
    fc.assert(fc.property(anyElement, anyField, (one, content) => {
      const list = one.codeList === null ? undefined : matcher(one.codeList)
      const { conforms, aspects } = conformityOf(content, one, list)
      expect(aspects.every(({ score }) => score === null || (score >= 0 && score <= 1))).toBe(true)
      expect(conforms).toBe(aspects.every(({ aspect, score }) => aspect === 'name' || score === null || score >= 0.95))
    }), { numRuns: 300 })
  })

  it('rolls up by adding: the city is the same whether departments or entries are added', () => {
    const counts = fc.nat(50).chain((fields) => fc.nat(fields).chain((mapped) => fc.nat(mapped).map((conforming) => ({ fields, mapped, conforming }))))
    fc.assert(fc.property(fc.array(fc.array(counts)), (departments) => {
      expect(addCounts(departments.map(addCounts))).toEqual(addCounts(departments.flat()))
      const share = conformityShare(addCounts(departments.flat()))
      expect(share === null || (share >= 0 && share <= 1)).toBe(true)
    }))
    expect(conformityShare({ fields: 0, mapped: 0, conforming: 0 })).toBeNull()
  })
})

describe('notations', () => {
  it('are read as the standard writes them', () => {
    expect(readNotation('C18')).toMatchObject({ kind: 'text', min: 18, max: 18 })
    expect(readNotation('C..50')).toMatchObject({ min: null, max: 50 })
    expect(readNotation('an2..20')).toMatchObject({ kind: 'text', min: 2, max: 20 })
    expect(readNotation('n..12,2')).toMatchObject({ kind: 'number', max: 12, decimals: 2 })
    expect(readNotation('YYYYMM')).toMatchObject({ kind: 'date', date: 'YYYYMM' })
    for (const none of ['', 'C..', 'x3', 'C9..3', 'C4,2', 'YYYYDD', 'n..1e9']) expect(readNotation(none)).toBeNull()
  })

  it('never break on any value', () => {
    fc.assert(fc.property(fc.constantFrom('C18', 'n..5,2', 'YYYYMMDD', 'YYYYMMDDhhmmss'), fc.string({ unit: 'grapheme' }), (notation, value) => {
      expect(typeof fits(readNotation(notation)!, value)).toBe('boolean')
    }))
  })
})

describe('reasons', () => {
  it('travel as text and come back', () => {
    expect(readReason(writeReason({ kind: 'codes-fit', params: ['GB2261.1', '98'] }))).toEqual({ kind: 'codes-fit', params: ['GB2261.1', '98'] })
    expect(readReason('something else')).toBeNull()
  })
})
