import { createHmac } from 'node:crypto'
import { FIELD_TYPES } from '@datong/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMask, maskedType } from './compile-mask.ts'
import { type CellValue, type Mask, MASKING_METHOD_IDS, type MaskContext, type MaskingMethodId } from './masking-method.ts'
import { MASKING_METHODS, methodsFor } from './registry.ts'

const context: MaskContext = {
  key: new TextEncoder().encode('a key for tests, 32 bytes long..'),
  hmac: (key, message) => createHmac('sha256', key).update(message).digest(),
  day: '2026-11-22',
}
const mask = (id: MaskingMethodId, params: Record<string, unknown> = {}): Mask => MASKING_METHODS[id].compile(params, context)

const EXAMPLES: readonly (readonly [MaskingMethodId, CellValue, CellValue])[] = [
  ['name', '张三', '张*'],
  ['name', '张三丰', '张**'],
  ['name', '欧阳娜娜', '欧阳**'],
  ['name', '欧阳锋', '欧阳*'],
  ['name', '欧阳', '欧*'],
  ['name', '阿卜杜拉·买买提', '阿***·***'],
  ['name', '𠮷田', '𠮷*'],
  ['name', '张', '*'],
  ['name', '张三、李四', '张*、李*'],
  ['name', 'John Smith', 'J*********'],
  ['name', ' 张三 ', '张*'],
  ['phone', '13812341234', '138****1234'],
  ['phone', 13812341234, '138****1234'],
  ['phone', '１３８１２３４１２３４', '138****1234'],
  ['phone', '+86 138-1234-1234', '138****1234'],
  ['phone', '0571-87654321', '0571-******21'],
  ['phone', '(010)12345678转801', '010-******78'],
  ['phone', '13812341234/13912341234', '138****1234、139****1234'],
  ['phone', '138123412345', '************'],
  ['phone', '1381234123', '**********'],
  ['citizen-number', '11010519491231002X', '1101************2X'],
  ['citizen-number', '110105194912310021', '1101************21'],
  ['citizen-number', '110105491231002', '1101*********02'],
  ['citizen-number', '１１０１０５ 19491231 002x', '1101************2X'],
  ['citizen-number', '1101051949123100211', '*******************'],
  ['citizen-number', '11010519491231002', '*****************'],
  ['citizen-number', 'A1010519491231002X', '******************'],
  ['address', '浙江省台州市临海市古城街道东湖路18号', '浙江省台州市临海市****'],
  ['address', '浙江省杭州市西湖区翠苑街道翠苑一区3幢2单元501室', '浙江省杭州市西湖区****'],
  ['address', '北京市朝阳区建国路88号', '北京市朝阳区****'],
  ['address', '翠苑小区3幢501', '****'],
  ['address', '东湖路18号', '****'],
  ['bank-card', '6222 0212 3456 7890 128', '6222***********0128'],
  ['bank-card', '4111111111111111', '4111********1111'],
  ['bank-card', '411111111111', '************'],
  ['email', 'zhangsan@example.cn', 'z***@example.cn'],
  ['email', 'a@example.cn', '***@example.cn'],
  ['email', '张三 <zhangsan@example.cn>', '************************'],
  ['plate', '浙J12345', '浙J****5'],
  ['plate', '浙j·d12345', '浙J*****5'],
  ['plate', '12345', '*****'],
  ['credit-code', '91350100M000100Y43', '91350100******0Y43'],
  ['credit-code', '331082000012345', '***************'],
  ['birth-date', '1990-01-31', '1990'],
  ['birth-date', 19900131, '1990'],
  ['birth-date', '1990年1月31日', '1990'],
  ['birth-date', '1990-01-31T08:00:00Z', '1990'],
  ['birth-date', '1990', '****'],
  ['birth-date', '1990-13-31', '****'],
  ['age-band', '2026-11-22', '0-5'],
  ['age-band', '2020-11-23', '0-5'],
  ['age-band', '2020-11-22', '6-17'],
  ['age-band', '2008-11-23', '6-17'],
  ['age-band', 20081122, '18-59'],
  ['age-band', '1966年11月23日', '18-59'],
  ['age-band', '1966/11/22', '60+'],
  ['age-band', '1990-01-31T08:00:00Z', '18-59'],
  ['age-band', '11010519491231002X', '60+'],
  ['age-band', '110105491231002', '60+'],
  ['age-band', '2026-11-23', '****'],
  ['age-band', '1880-01-01', '****'],
  ['age-band', '1990-02-30', '****'],
  ['age-band', '1990', '****'],
  ['age-band', '11010519490231002X', '****'],
  ['generalise-number', 37, '[30,40)'],
  ['generalise-number', '-5', '[-10,0)'],
  ['generalise-number', '1,234', '[1230,1240)'],
  ['generalise-number', 'many', '***'],
  ['redact', 'anything', '***'],
  ['redact', null, '***'],
  ['truncate', '临海市古城街道', '临海…'],
  ['truncate', '临海', '临…'],
  ['truncate', 'x', '…'],
  ['keep', 42, 42],
]

describe('masking', () => {
  it.each(EXAMPLES)('%s: %j becomes %j', (id, from, to) => expect(mask(id)(from)).toBe(to))

  it('does what each method shows as its example', () => {
    for (const id of MASKING_METHOD_IDS) {
      if (id === 'hash') continue
      const { from, to } = MASKING_METHODS[id].example
      expect(mask(id)(from)).toBe(to)
    }
  })

  it('takes parameters: how far an address goes, what of a date stays, how wide a band is', () => {
    expect(mask('address', { level: 'street' })('临海市古城街道东湖路18号')).toBe('临海市古城街道****')
    expect(mask('address', { level: 'city' })('浙江省杭州市西湖区文三路1号')).toBe('浙江省杭州市****')
    expect(mask('birth-date', { keep: 'decade' })('1990-01-31')).toBe('1990s')
    expect(mask('birth-date', { keep: 'year-month' })('1990/1/31')).toBe('1990-01')
    expect(mask('email', { keepDomain: false })('zhangsan@example.cn')).toBe('z***@***')
    expect(mask('generalise-number', { width: 0.1 })(0.35)).toBe('[0.3,0.4)')
    expect(mask('redact', { text: '—', redactMissing: false })(null)).toBeNull()
    expect(mask('truncate', { keep: 0 })('临海市')).toBe('…')
  })

  it('reckons ages on the day of the version, in stages or bands of five years, and tells nothing without a day', () => {
    expect(mask('age-band', { bands: 'five-years' })('1990-01-31')).toBe('35-39')
    expect(mask('age-band', { bands: 'five-years' })('1930-01-31')).toBe('90+')
    const on = (day: string) => MASKING_METHODS['age-band'].compile({}, { day })
    expect([on('2018-02-28')('2000-02-29'), on('2018-03-01')('2000-02-29')]).toEqual(['6-17', '18-59'])
    expect(MASKING_METHODS['age-band'].compile({}, {})('1990-01-31')).toBe('****')
  })

  it('refuses wrong parameters with all issues at once', () => {
    expect(() => mask('truncate', { keep: 1.5, size: 3 })).toThrow(
      expect.objectContaining({
        code: 'masking/invalid-params',
        issues: [expect.objectContaining({ pointer: '/size', code: 'unknown' }), expect.objectContaining({ pointer: '/keep', code: 'type' })],
      }),
    )
    expect(() => mask('generalise-number', { width: 0 })).toThrow(expect.objectContaining({ code: 'masking/invalid-params' }))
    expect(() => mask('address', { level: 'house' })).toThrow(expect.objectContaining({ code: 'masking/invalid-params' }))
  })

  it('refuses unknown methods and fields of a type that the method cannot mask', () => {
    expect(() => compileMask({ method: 'constructor' }, 'text', {})).toThrow(expect.objectContaining({ code: 'masking/unknown-method' }))
    expect(() => compileMask({ method: 'name' }, 'decimal', {})).toThrow(expect.objectContaining({ code: 'masking/type-not-accepted' }))
    expect(compileMask({ method: 'name' }, 'text', {})('张三')).toBe('张*')
    expect(maskedType({ method: 'birth-date' }, 'date')).toBe('text')
    expect(maskedType({ method: 'keep' }, 'date')).toBe('date')
    for (const type of FIELD_TYPES) expect(methodsFor(type).map(({ id }) => id)).toContain('redact')
  })

  it('makes pseudonyms that only the key ties to values', () => {
    const one = mask('hash')
    expect(one('１１０１０５19491231002X ')).toBe(one('11010519491231002X'))
    expect(one('张三')).toMatch(/^[0-9a-f]{32}$/)
    const other = MASKING_METHODS.hash.compile({ length: 64 }, { ...context, key: new Uint8Array(32) })
    expect(other('张三')).not.toBe(mask('hash', { length: 64 })('张三'))
    expect(() => MASKING_METHODS.hash.compile({}, {})).toThrow(expect.objectContaining({ code: 'masking/key-required' }))
    expect(() => MASKING_METHODS.hash.compile({}, { ...context, key: new Uint8Array(4) })).toThrow()
  })
})

describe('for any value at all', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'0123456789Xx ０１张三省市区县路号·@.-+、1'), maxLength: 60 }),
    fc.stringMatching(/^\d{10,20}$/),
    fc.stringMatching(/^1[3-9]\d{9}$/),
    fc.stringMatching(/^[浙苏京][A-Z]\d{5}$/),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  )
  const value = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null))
  const hiding = MASKING_METHOD_IDS.filter((id) => id !== 'keep')

  it('no mask throws', () => {
    for (const id of MASKING_METHOD_IDS) {
      const masked = mask(id)
      fc.assert(fc.property(value, (cell) => {
        masked(cell)
      }))
    }
  })

  it('every mask is done at once with a million characters, and shows little of them', () => {
    for (const id of MASKING_METHOD_IDS.filter((one) => one !== 'keep')) {
      for (const text of [`a${' '.repeat(1_000_000)}b`, '1'.repeat(1_000_000), '市'.repeat(1_000_000), 'a@'.repeat(500_000)]) expect(String(mask(id)(text)).length, id).toBeLessThanOrEqual(text.length)
    }
  })

  it('no mask but keep answers with the value that it got, and missing stays missing', () => {
    for (const id of hiding) {
      const masked = mask(id)
      fc.assert(
        fc.property(text, (cell) => {
          fc.pre([...cell].length >= 2 && !/[*…]/.test(cell))
          expect(masked(cell)).not.toBe(cell)
        }),
      )
      if (id !== 'redact') expect(masked(null)).toBeNull()
    }
  })

  /** Most characters of the value that may be seen, however the value is malformed. */
  const MOST_SEEN: Partial<Record<MaskingMethodId, number>> = {
    'citizen-number': 6,
    'bank-card': 8,
    plate: 3,
    'credit-code': 12,
    'birth-date': 4,
    'age-band': 5,
    truncate: 2,
    redact: 0,
  }
  const seen = (answer: CellValue): number => [...String(answer)].filter((char) => char !== '*' && char !== '…').length

  it('a malformed value shows no more than a right one', () => {
    for (const [id, most] of Object.entries(MOST_SEEN)) {
      // Object.entries widens the keys that the constant above spells out.
      const masked = mask(id as MaskingMethodId)
      fc.assert(fc.property(text, (cell) => {
        expect(seen(masked(cell))).toBeLessThanOrEqual(most)
      }))
    }
  })

  it('a telephone shows at most 7 digits a number, a citizen number is hidden whole unless it has 15 or 18 characters', () => {
    const phone = mask('phone')
    fc.assert(fc.property(fc.stringMatching(/^[0-9() +-]{1,24}$/), (cell) => {
        expect(seen(phone(cell))).toBeLessThanOrEqual(7)
      }))
    const citizen = mask('citizen-number')
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,40}$/), (cell) => {
        if (cell.length === 15 || cell.length === 18) expect(citizen(cell)).toHaveLength(cell.length)
        else expect(citizen(cell)).toMatch(/^\*+$/)
      }),
    )
  })

  it('masking twice shows no more than masking once', () => {
    for (const id of hiding) {
      if (id === 'hash' || id === 'generalise-number') continue
      const masked = mask(id)
      fc.assert(fc.property(text, (cell) => {
        expect(seen(masked(masked(cell)))).toBeLessThanOrEqual(seen(masked(cell)))
      }))
    }
  })

  it('a band holds its number and keeps the order of numbers', () => {
    const band = mask('generalise-number', { width: 25, origin: 5 })
    const ends = (cell: CellValue): number[] => String(band(cell)).slice(1, -1).split(',').map(Number)
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: -1e9, max: 1e9 }), (a, b) => {
        const [low = NaN, high = NaN] = ends(a)
        expect(low <= a && a < high && high - low === 25).toBe(true)
        if (a <= b) expect(low).toBeLessThanOrEqual(ends(b)[0]!)
      }),
    )
  })
})
