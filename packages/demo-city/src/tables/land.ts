import { isoOf, plusYears, yearOf } from '../calendar.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled } from '../world.ts'

export const property: TableSpec = {
  key: 'property',
  owner: 'land',
  entryTitle: { zh: '不动产登记信息', en: 'Real estate register' },
  description: {
    zh: '国有建设用地使用权及房屋所有权的登记结果，含权利人、不动产单元号、坐落、面积和登记时间。',
    en: 'Registered rights in land and buildings: holder, unit number, location, area and date of registration.',
  },
  theme: '自然资源',
  keywords: ['不动产', '房产', '产权', '登记'],
  updateCycle: 'weekly',
  sharingType: 'conditional',
  sharingCondition: '限用于依法履职中对特定权利人的查询核验，不提供批量全量。',
  legalBasis: '《不动产登记暂行条例》第二十五条、第二十八条',
  openingType: 'closed',
  file: { name: '不动产登记.csv', encoding: 'gb18030', delimiter: ',' },
  fields: [
    ['不动产权证号', 'Certificate number', ''],
    ['不动产单元号', 'Unit number', '28 位'],
    ['权利人', 'Holder', '自然人或法人名称'],
    ['权利人证件号码', "Holder's number", '公民身份号码或统一社会信用代码'],
    ['共有人', 'Joint owner', '无共有人时为空'],
    ['共有情况', 'Ownership', '单独所有、共同共有'],
    ['坐落', 'Location', ''],
    ['房屋用途', 'Use', ''],
    ['建筑面积（平方米）', 'Floor area', '平方米'],
    ['登记日期', 'Date of registration', ''],
    ['行政区划代码', 'Division code', '6 位'],
  ],
  *rows({ properties }) {
    for (const { certificate, unit, owner, coOwner, address, use, area, registeredDay, place } of properties) {
      yield [
        certificate, unit, owner.name, owner.number, coOwner?.name ?? '', coOwner === undefined ? '单独所有' : '共同共有',
        address, use, area.toFixed(2), isoOf(registeredDay), place.district.code,
      ]
    }
  },
}

const BANKS = ['澜海农村商业银行', '澜海银行', '海晏村镇银行', '望潮城市商业银行'] as const

export const mortgage: TableSpec = {
  key: 'mortgage',
  owner: 'land',
  entryTitle: { zh: '不动产抵押登记信息', en: 'Real estate mortgages' },
  description: {
    zh: '不动产抵押权登记，含抵押人、抵押权人、被担保债权数额和债务履行期限。',
    en: 'Registered mortgages: mortgagor, mortgagee, amount secured and term of the debt.',
  },
  theme: '自然资源',
  keywords: ['不动产', '抵押', '他项权'],
  updateCycle: 'weekly',
  sharingType: 'conditional',
  sharingCondition: '限用于司法协助、公积金贷款审核和金融风险防控。',
  legalBasis: '《不动产登记暂行条例》第二十五条',
  openingType: 'closed',
  file: { name: '不动产抵押.csv', encoding: 'utf-8', delimiter: ',' },
  fields: [
    ['不动产登记证明号', 'Mortgage certificate', ''],
    ['不动产权证号', 'Certificate of ownership', '被抵押不动产的产权证号'],
    ['抵押人', 'Mortgagor', ''],
    ['抵押人证件号码', "Mortgagor's number", '公民身份号码或统一社会信用代码'],
    ['抵押权人', 'Mortgagee', '银行名称'],
    ['被担保债权数额（万元）', 'Amount secured', '万元'],
    ['债务履行起始日期', 'Debt from', ''],
    ['债务履行结束日期', 'Debt until', ''],
    ['登记日期', 'Date of registration', ''],
    ['抵押状态', 'Status', '有效、已注销'],
  ],
  *rows(world, pick) {
    const mortgaged = world.properties.slice(0, scaled(world, 4_200))
    for (const [i, { certificate, owner, area, registeredDay }] of mortgaged.entries()) {
      const from = registeredDay + pick.int(0, 60)
      const until = plusYears(from, pick.one([5, 10, 15, 20, 25, 30]))
      const amount = Math.round(area * pick.normal(1.1, 0.2) * 0.65)
      yield [
        `澜（${yearOf(from)}）澜海市不动产证明第${String(i + 1).padStart(7, '0')}号`, certificate, owner.name, owner.number, pick.one(BANKS),
        `${amount}.00`, isoOf(from), isoOf(until), isoOf(from), until < world.today || pick.chance(0.12) ? '已注销' : '有效',
      ]
    }
  },
}
