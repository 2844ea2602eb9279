import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RECOGNIZER_IDS, type RecognizerId, type Verdict } from './recognizer.ts'
import { parseAddress } from './recognizers/address.ts'
import { RECOGNIZERS } from './registry.ts'

const EXAMPLES: readonly (readonly [RecognizerId, Verdict, string])[] = [
  ['phone', 'valid', '138 1234 5678'],
  ['phone', 'valid', '+86-13812345678'],
  ['phone', 'valid', '(0571)87654321'],
  ['phone', 'valid', '010-12345678转801'],
  ['phone', 'valid', '0571-87654321-801'],
  ['phone', 'valid', '+86 571 8765 4321'],
  ['phone', 'valid', '(03)3322101#6307'],
  ['phone', 'valid', '13812345678、13912345678'],
  ['phone', 'doubtful', '87654321'],
  ['phone', 'doubtful', '12345'],
  ['phone', 'invalid', '23812345678'],
  ['phone', 'invalid', '1381234567'],
  ['plate', 'valid', '浙A12345'],
  ['plate', 'valid', '浙a·d12345'],
  ['plate', 'valid', '浙A12345D'],
  ['plate', 'valid', '粤Z1234港'],
  ['plate', 'invalid', '浙AI2345'],
  ['plate', 'invalid', '湾A12345'],
  ['bank-card', 'valid', '4111 1111 1111 1111'],
  ['bank-card', 'invalid', '4111111111111112'],
  ['bank-card', 'invalid', '0000000000000000'],
  ['email', 'valid', 'reggie.hilts@abbmarshals.org'],
  ['email', 'valid', '张三@例子.中国'],
  ['email', 'invalid', 'a@@b.cn'],
  ['person-name', 'valid', '张三'],
  ['person-name', 'valid', '欧阳娜娜'],
  ['person-name', 'valid', '阿卜杜拉·买买提'],
  ['person-name', 'doubtful', '陳小姐'],
  ['person-name', 'doubtful', '时间'],
  ['person-name', 'invalid', '东华门街道'],
  ['person-name', 'invalid', '白云区'],
  ['person-name', 'invalid', '杨柳青镇'],
  ['organisation-name', 'valid', '杭州某某科技有限公司'],
  ['organisation-name', 'valid', 'City of Aberdeen'],
  ['organisation-name', 'invalid', '稻谷种植'],
  ['passport', 'valid', 'E12345678'],
  ['passport', 'valid', 'EA1234567'],
  ['passport', 'invalid', 'K429'],
  ['division-code', 'valid', '330106005012'],
  ['division-code', 'invalid', '330005'],
  ['postcode', 'valid', '310000'],
  ['postcode', 'invalid', '870000'],
  ['ipv4', 'valid', '10.0.0.255'],
  ['ipv4', 'invalid', '10.0.0.256'],
  ['coordinates', 'valid', '120.1551,30.2741'],
  ['coordinates', 'invalid', '220.1551,30.2741'],
  ['date-of-birth', 'valid', '1990年1月3日'],
  ['date-of-birth', 'invalid', '1990/2/30'],
  ['address', 'valid', '浙江省杭州市西湖区文三路90号东部软件园1号楼301室'],
  ['address', 'valid', '臺北市文山區忠順街二段85巷1~30號'],
  ['address', 'valid', '翠苑小区3幢501'],
  ['address', 'doubtful', '东华门街道'],
  ['address', 'doubtful', '西湖区'],
  ['address', 'invalid', '办理营业执照'],
]

describe('recognisers', () => {
  it.each(EXAMPLES)('%s: %s is %s', (id, verdict, value) => expect(RECOGNIZERS[id].validate(value)).toBe(verdict))

  it('are registered under their own ids', () => {
    for (const id of RECOGNIZER_IDS) expect(RECOGNIZERS[id].id).toBe(id)
    expect(Object.keys(RECOGNIZERS).toSorted()).toEqual([...RECOGNIZER_IDS].toSorted())
  })

  it('never throw, whatever the text', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'省市区路号张0１X-·@.+'), maxLength: 200 }))
    fc.assert(
      fc.property(text, (value) => {
        for (const id of RECOGNIZER_IDS) {
          const recognizer = RECOGNIZERS[id]
          expect(['valid', 'doubtful', 'invalid']).toContain(recognizer.validate(value))
          if ('standardise' in recognizer) recognizer.standardise?.(value)
        }
      }),
    )
  })

  it('standardise to a form that is no worse and that standardises to itself', () => {
    for (const [id, verdict, value] of EXAMPLES) {
      const recognizer = RECOGNIZERS[id]
      const standard = 'standardise' in recognizer ? recognizer.standardise?.(value) : null
      if (standard === null || standard === undefined) continue
      expect([id, value, recognizer.validate(standard)]).toEqual([id, value, verdict])
      if ('standardise' in recognizer) expect(recognizer.standardise?.(standard)).toBe(standard)
    }
  })
})

describe('addresses', () => {
  it('are taken apart down to the room', () => {
    expect(parseAddress('浙江省杭州市西湖区翠苑街道文三路90号1号楼301室')).toEqual({
      level: 'room',
      parts: {
        province: '浙江省',
        city: '杭州市',
        county: '西湖区',
        town: '翠苑街道',
        road: '文三路',
        number: '90号',
        building: '1号楼',
        room: '301室',
      },
    })
  })

  it('may leave out levels', () => {
    expect(parseAddress('临海市古城街道东湖路18号')?.parts).toEqual({ city: '临海市', town: '古城街道', road: '东湖路', number: '18号' })
    expect(parseAddress('玉山镇北门村3组12号')?.parts).toEqual({ town: '玉山镇', village: '北门村3组', number: '12号' })
    expect(parseAddress('你好')).toBeNull()
  })
})
