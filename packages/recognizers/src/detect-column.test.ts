import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectColumn, sampleColumn } from './detect-column.ts'
import { citizenNumbers, creditCodes, oldCitizenNumbers } from './testing/arbitraries.ts'

const best = (name: string, values: (string | number | null)[], type: 'text' | 'integer' | 'decimal' | 'date' = 'text') =>
  detectColumn(name, type, values)[0]?.recognizer ?? null
const some = <T>(values: fc.Arbitrary<T>, count = 50): T[] => fc.sample(values, { numRuns: count, seed: 7 })

const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平'
const names = Array.from({ length: 40 }, (_, i) => SURNAMES[i % 20]! + GIVEN[(i * 7) % 20]! + (i % 3 === 0 ? '' : GIVEN[(i * 11) % 20]!))

describe('detection in a column', () => {
  it('finds numbers and codes by their values, whatever the name', () => {
    expect(best('f1', some(citizenNumbers))).toBe('citizen-number')
    expect(best('f1', some(oldCitizenNumbers))).toBe('citizen-number')
    expect(best('f1', [...some(citizenNumbers, 25), ...some(oldCitizenNumbers, 25)])).toBe('citizen-number')
    expect(best('f1', some(creditCodes))).toBe('unified-credit-code')
    expect(best('f1', ['13812345678', '13912345678', '15012345678'])).toBe('phone')
    expect(best('f1', [13812345678, 13912345678, 15012345678], 'integer')).toBe('phone')
    expect(best('f1', ['浙A12345', '浙AD12345', '苏E88888'])).toBe('plate')
    expect(best('f1', ['a@b.cn', 'c@d.com', '(blank)', '无'])).toBe('email')
    expect(best('f1', ['4111111111111111', '5500005555555559', '6222021234567890128'])).toBe('bank-card')
  })

  it('finds a dirty column when its name says what it is', () => {
    const dirty = [...some(citizenNumbers, 15), ...Array.from({ length: 35 }, (_, i) => `33010619900101${1000 + i}`.slice(0, 17))]
    expect(best('身份证号', dirty)).toBe('citizen-number')
    expect(best('sfzh', dirty)).toBe('citizen-number')
    expect(best('联系电话', ['87654321', '1381234567', '13812345678', '查无此号'])).toBe('phone')
  })

  it('finds names of persons by the column name, and by values only when many differ', () => {
    expect(best('法定代表人', names.slice(0, 5))).toBe('person-name')
    expect(best('xm', names.slice(0, 5))).toBe('person-name')
    expect(best('col_3', names)).toBe('person-name')
    expect(best('学历', ['高中', '高中', '高中', '初中', '大学'])).toBeNull()
    expect(best('状态', Array.from({ length: 100 }, () => '安全'))).toBeNull()
  })

  it('takes no streets, industries, amounts, dates or serial numbers for something personal', () => {
    expect(best('name', ['东华门街道', '景山街道', '安定门街道', '杨柳青镇', '张家湾镇', '马驹桥镇'])).toBeNull()
    expect(best('name', ['谷物种植', '稻谷种植', '林业', '渔业', '金属制品业'])).toBeNull()
    expect(best('总价元', ['12000000', '15000000', '8000000'], 'integer')).toBeNull()
    expect(best('总价元', ['8500000', '6550000', '21000000'], 'integer')).toBeNull()
    expect(best('交易年月日', ['1090721', '1090727', '1081226'], 'integer')).toBeNull()
    expect(best('登记日期', ['1990-01-01', '2001-02-03'], 'date')).toBeNull()
    expect(best('编号', ['100001', '100002', '100003'], 'integer')).toBeNull()
    expect(best('单价', ['65521.5', '59805.25'], 'decimal')).toBeNull()
  })

  it('tells columns apart that sit beside a person', () => {
    expect(best('联系人电话', ['13812345678'])).toBe('phone')
    expect(best('联系人地址', ['临海市古城街道东湖路18号'])).toBe('address')
    expect(best('企业地址', ['临海市古城街道东湖路18号', '古城街道赤城路3号'])).toBe('address')
    expect(best('邮箱地址', ['a@b.cn'])).toBe('email')
    expect(best('出生日期', ['1990-01-01', '19880203'])).toBe('date-of-birth')
    expect(best('出生地', ['临海市', '杭州市'])).toBeNull()
    expect(best('社保卡号', ['A12345678', 'B12345678'])).toBeNull()
    expect(best('登记机关', ['临海市市场监督管理局'])).toBe('organisation-name')
  })

  it('shows its evidence', () => {
    const [match] = detectColumn('contactEmail', 'text', ['a@b.cn', 'nonsense', null, '--'])
    expect(match).toMatchObject({ recognizer: 'email', evidence: { filled: 2, valid: 1, doubtful: 0, validShare: 0.5, nameHint: 'email' } })
  })

  it('says at most that the name is a hint when nothing is filled', () => {
    expect(detectColumn('手机号', 'text', [null, '', '无'])).toMatchObject([{ recognizer: 'phone', confidence: 0.5 }])
    expect(detectColumn('f1', 'text', [])).toEqual([])
  })

  it('looks at no more than a thousand values, from end to end', () => {
    const sample = sampleColumn(Array.from({ length: 100_000 }, (_, i) => `v${i}`))
    expect(sample).toHaveLength(1000)
    expect(sample.at(-1)).toBe('v99900')
  })

  it('gives confidences between 0 and 1 for any column', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.oneof(fc.string(), citizenNumbers, fc.constant(null), fc.integer())), (name, values) => {
        for (const match of detectColumn(name, 'text', values)) {
          expect(match.confidence).toBeGreaterThanOrEqual(0.5)
          expect(match.confidence).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('comes to an end at once on values that nobody would write', () => {
    for (const value of ['['.repeat(1_000_000), `a${' '.repeat(1_000_000)}b`, '1'.repeat(1_000_000), `${'路'.repeat(300_000)}x`, 'a@'.repeat(300_000), '(13812345678'.repeat(90_000)]) {
      expect(detectColumn('单位名称', 'text', [value])).toEqual([])
    }
  })
})
