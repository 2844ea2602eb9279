import type { FieldProfile } from '@datong/data-engine'
import type { RecognizerId } from '@datong/recognizers'
import { describe, expect, it } from 'vitest'
import { identifierCandidates } from './identifier-candidates.ts'

const field = (name: string, change: Partial<FieldProfile> = {}): FieldProfile => ({
  name, type: 'text', rows: 100, filled: 100, filledShare: 1, distinct: 100, exact: true, min: 'a', max: 'z', frequent: [], identifierCandidate: true,
  length: { min: 1, max: 18, average: 9 }, ...change,
})
const kinds = (found: Record<string, RecognizerId>) => new Map(Object.entries(found))

describe('identifier candidates', () => {
  it('put a register\'s own number first, then what is called a number, then a person\'s number', () => {
    const fields = [field('身份证号'), field('流水号码'), field('信用代码')]
    expect(identifierCandidates(fields, kinds({ 身份证号: 'citizen-number', 信用代码: 'unified-credit-code' }))).toEqual(['信用代码', '流水号码', '身份证号'])
  })

  it('leave out what is unique by chance: names, phones, long texts, anything in a tiny table', () => {
    expect(identifierCandidates([field('姓名'), field('联系电话')], kinds({ 姓名: 'person-name', 联系电话: 'phone' }))).toEqual([])
    expect(identifierCandidates([field('说明', { length: { min: 9, max: 300, average: 80 } })], kinds({}))).toEqual([])
    expect(identifierCandidates([field('指标', { rows: 5 })], kinds({}))).toEqual([])
    expect(identifierCandidates([field('编号', { rows: 5 }), field('姓名', { identifierCandidate: false })], kinds({}))).toEqual(['编号'])
  })
})
