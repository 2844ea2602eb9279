import { isoOf, yearOf } from '../calendar.ts'
import { weightedOf } from '../pick.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled } from '../world.ts'

export const taxRegister: TableSpec = {
  key: 'tax-register',
  owner: 'tax',
  entryTitle: { zh: '税务登记信息', en: 'Taxpayer register' },
  description: {
    zh: '纳税人的税务登记信息，含纳税人名称、生产经营地址、法定代表人及证件号码、主管税务机关。',
    en: 'Registration of taxpayers: name, place of business, legal representative with citizen number, tax office.',
  },
  theme: '税务',
  keywords: ['税务登记', '纳税人', '法定代表人'],
  updateCycle: 'monthly',
  sharingType: 'conditional',
  sharingCondition: '限用于行政审批和监管中的主体身份核验。',
  legalBasis: '《中华人民共和国税收征收管理法》第八条',
  openingType: 'on-application',
  file: { name: '税务登记.txt', encoding: 'utf-8', delimiter: '|' },
  fields: [
    ['纳税人识别号', 'Taxpayer number', '与统一社会信用代码相同'],
    ['纳税人名称', 'Taxpayer', ''],
    ['纳税人状态', 'Status', '正常、非正常、注销'],
    ['生产经营地址', 'Place of business', ''],
    ['法定代表人姓名', 'Legal representative', ''],
    ['法定代表人证件号码', 'Citizen number of the representative', ''],
    ['联系电话', 'Telephone', ''],
    ['纳税人资格', 'VAT status', '一般纳税人、小规模纳税人'],
    ['登记日期', 'Date of registration', ''],
    ['从业人数', 'Staff', '人'],
    ['主管税务机关', 'Tax office', ''],
  ],
  *rows(world, pick) {
    for (const company of world.companies.slice(0, scaled(world, 8_200))) {
      const { code, name, status, address, representative, phone, capital, foundedDay, place, staff } = company
      yield [
        code, name, status === '存续' ? '正常' : status === '吊销' ? '非正常' : '注销', address, representative.name, representative.number,
        phone, capital >= 200 ? '一般纳税人' : '小规模纳税人', isoOf(foundedDay + pick.int(1, 30)), String(staff),
        `国家税务总局澜海市${place.district.nameZh}税务局`,
      ]
    }
  },
}

export const taxCredit: TableSpec = {
  key: 'tax-credit-a',
  owner: 'tax',
  entryTitle: { zh: '纳税信用A级纳税人名单', en: 'Taxpayers of credit grade A' },
  description: {
    zh: '各评价年度纳税信用级别为A级的纳税人名单，每年四月公布。',
    en: 'Taxpayers graded A for each year assessed, published every April.',
  },
  theme: '税务',
  keywords: ['纳税信用', 'A级', '信用'],
  updateCycle: 'yearly',
  sharingType: 'unconditional',
  openingType: 'open',
  file: { name: '纳税信用A级名单.csv', encoding: 'utf-8-bom', delimiter: ',' },
  fields: [
    ['评价年度', 'Year', ''],
    ['纳税人识别号', 'Taxpayer number', '与统一社会信用代码相同'],
    ['纳税人名称', 'Taxpayer', ''],
    ['主管税务机关', 'Tax office', ''],
  ],
  *rows(world, pick) {
    const year = yearOf(world.today) - 1
    const staying = world.companies.filter(({ status }) => status === '存续')
    const count = Math.min(staying.length, scaled(world, 1_500))
    for (let i = 0; i < count; i++) {
      const { code, name, place } = staying[Math.floor((i * staying.length) / count)]!
      yield [String(year - pick.int(0, 2)), code, name, `国家税务总局澜海市${place.district.nameZh}税务局`]
    }
  },
}

const TAXES = weightedOf<readonly [string, number]>([
  [['增值税', 0.03], 46], [['企业所得税', 0.05], 34], [['城市维护建设税', 0.003], 12], [['印花税', 0.0005], 8],
])

export const taxFiling: TableSpec = {
  key: 'tax-filing',
  owner: 'tax',
  entryTitle: { zh: '纳税申报明细', en: 'Tax returns' },
  description: {
    zh: '纳税人按期申报的计税依据和应纳税额。依法为纳税人保密，不予共享。',
    en: 'Tax base and tax due as declared. Kept confidential for the taxpayer by law; not shared.',
  },
  theme: '税务',
  keywords: ['纳税申报', '应纳税额'],
  updateCycle: 'quarterly',
  sharingType: 'not-shared',
  legalBasis: '《中华人民共和国税收征收管理法》第八条第二款',
  openingType: 'closed',
  file: { name: '纳税申报明细.txt', encoding: 'utf-8', delimiter: '|' },
  fields: [
    ['申报表编号', 'Number of the return', ''],
    ['纳税人识别号', 'Taxpayer number', '与统一社会信用代码相同'],
    ['税款所属期', 'Tax period', 'YYYYQn'],
    ['征收项目', 'Tax', ''],
    ['计税依据（元）', 'Tax base', '元'],
    ['应纳税额（元）', 'Tax due', '元'],
    ['申报日期', 'Date filed', ''],
  ],
  *rows(world, pick) {
    const year = yearOf(world.today) - 1
    for (let i = 0, count = scaled(world, 9_000); i < count; i++) {
      const company = pick.one(world.companies)
      const [tax, rate] = pick.weighted(TAXES)
      const quarter = pick.int(1, 4)
      const base = Math.round(company.capital * 10_000 * pick.fraction() * 0.8 * 100) / 100
      const filed = `${quarter === 4 ? year + 1 : year}-${['04', '07', '10', '01'][quarter - 1]!}-${String(pick.int(1, 15)).padStart(2, '0')}`
      yield [`SB${year}${String(i + 1).padStart(8, '0')}`, company.code, `${year}Q${quarter}`, tax, base.toFixed(2), (base * rate).toFixed(2), filed]
    }
  },
}
