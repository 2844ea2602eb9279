import { isoOf, plusYears, yearOf } from '../calendar.ts'
import type { Company } from '../companies.ts'
import { mod1110 } from '../codes.ts'
import { weightedOf } from '../pick.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled } from '../world.ts'

const csv = { encoding: 'utf-8', delimiter: ',' } as const

export const enterprise: TableSpec = {
  key: 'enterprise',
  owner: 'market',
  entryTitle: { zh: '企业登记基本信息', en: 'Company register' },
  description: {
    zh: '在澜海市登记注册的企业的基本信息，含统一社会信用代码、名称、类型、法定代表人、注册资本、住所和登记状态。',
    en: 'Companies registered in Lanhai: credit code, name, type, legal representative, capital, seat and status.',
  },
  theme: '市场监管',
  keywords: ['企业', '法人', '营业执照', '统一社会信用代码'],
  updateCycle: 'daily',
  sharingType: 'unconditional',
  openingType: 'open',
  file: { name: '企业登记基本信息.csv', encoding: 'utf-8-bom', delimiter: ',' },
  fields: [
    ['统一社会信用代码', 'Unified social credit code', '18 位，GB 32100'],
    ['企业名称', 'Company name', '营业执照上的名称'],
    ['企业类型', 'Company type', '登记的市场主体类型'],
    ['法定代表人', 'Legal representative', '法定代表人姓名'],
    ['注册资本（万元）', 'Registered capital', '单位：万元人民币'],
    ['成立日期', 'Date of foundation', '核准设立的日期'],
    ['住所', 'Seat', '登记的住所'],
    ['行政区划代码', 'Division code', '住所所在区县，6 位'],
    ['行业代码', 'Industry code', 'GB/T 4754'],
    ['行业名称', 'Industry', 'GB/T 4754 小类名称'],
    ['经营范围', 'Scope of business', '登记的经营范围'],
    ['登记状态', 'Status', '存续、吊销、注销、迁出'],
    ['登记机关', 'Registering authority', '区县市场监督管理局'],
  ],
  *rows({ companies }) {
    for (const { code, name, type, representative, capital, foundedDay, address, place, industry, status } of companies) {
      yield [
        code, name, type, representative.name, String(capital), isoOf(foundedDay), address, place.district.code,
        industry.code, industry.name, industry.scope, status, `${place.district.nameZh}市场监督管理局`,
      ]
    }
  },
}

const FOOD_KINDS = weightedOf([['食品销售经营者', 46], ['餐饮服务经营者', 48], ['单位食堂', 6]])
const FOOD_DIGIT: Readonly<Record<string, string>> = { 食品销售经营者: '1', 餐饮服务经营者: '2', 单位食堂: '3' }

const sellsFood = ({ industry }: Company): boolean => /食品|餐饮/.test(industry.scope)

export const foodLicence: TableSpec = {
  key: 'food-licence',
  owner: 'market',
  entryTitle: { zh: '食品经营许可信息', en: 'Food business licences' },
  description: {
    zh: '食品销售、餐饮服务和单位食堂的经营许可，含许可证编号、经营者、场所、项目和有效期。',
    en: 'Licences to sell or serve food: number, holder, premises, items and period of validity.',
  },
  theme: '市场监管',
  keywords: ['食品', '餐饮', '许可证', '食品安全'],
  updateCycle: 'weekly',
  sharingType: 'unconditional',
  openingType: 'on-application',
  file: { name: '食品经营许可.csv', ...csv },
  fields: [
    ['许可证编号', 'Licence number', 'JY 加 14 位数字，末位为校验码'],
    ['经营者名称', 'Holder', '营业执照上的名称'],
    ['统一社会信用代码', 'Unified social credit code', '18 位，GB 32100'],
    ['法定代表人（负责人）', 'Person responsible', '姓名'],
    ['经营场所', 'Premises', '经营场所地址'],
    ['主体业态', 'Kind of business', '食品销售经营者、餐饮服务经营者、单位食堂'],
    ['经营项目', 'Licensed items', '以顿号分隔'],
    ['发证日期', 'Date of issue', ''],
    ['有效期至', 'Valid until', '发证之日起五年'],
    ['联系电话', 'Telephone', '经营者联系电话'],
    ['日常监督管理机构', 'Supervising office', '所在街道市场监管所'],
  ],
  *rows(world, pick) {
    const sellers = world.companies.filter(sellsFood)
    const count = Math.min(scaled(world, 3_000), sellers.length)
    for (let i = 0; i < count; i++) {
      const { name, code, representative, address, place, foundedDay, phone } = sellers[i]!
      const kind = pick.weighted(FOOD_KINDS)
      const issued = Math.max(foundedDay + pick.int(5, 60), world.today - pick.int(10, 1900))
      const body = FOOD_DIGIT[kind]! + place.district.code + String(i + 1).padStart(6, '0')
      yield [
        `JY${body}${mod1110(body)}`, name, code, representative.name, address, kind,
        kind === '食品销售经营者' ? '预包装食品销售、散装食品销售' : '热食类食品制售、冷食类食品制售、自制饮品制售',
        isoOf(issued), isoOf(plusYears(issued, 5) - 1), phone, `${place.town.nameZh}市场监督管理所`,
      ]
    }
  },
}

const LICENCES = [
  ['食品经营许可', '普通'], ['特种设备使用登记', '登记'], ['药品经营许可', '普通'], ['第二类医疗器械经营备案', '其他'],
  ['道路运输经营许可', '普通'], ['建筑业企业资质认定', '认可'], ['公共场所卫生许可', '普通'], ['户外广告设置许可', '特许'],
] as const

export const licence: TableSpec = {
  key: 'licence',
  owner: 'market',
  entryTitle: { zh: '行政许可公示信息', en: 'Administrative licences (public register)' },
  description: {
    zh: '作出之日起七个工作日内公示的行政许可决定，含决定文书号、许可类别、行政相对人和有效期。',
    en: 'Decisions to grant a licence, published within seven working days: document number, kind, holder, validity.',
  },
  theme: '信用公示',
  keywords: ['行政许可', '双公示', '信用'],
  updateCycle: 'daily',
  sharingType: 'unconditional',
  openingType: 'open',
  file: { name: '行政许可公示.csv', ...csv },
  fields: [
    ['行政许可决定文书号', 'Document number', '决定文书的编号'],
    ['行政许可决定文书名称', 'Document', '决定文书名称'],
    ['许可类别', 'Kind', '普通、特许、认可、核准、登记、其他'],
    ['行政相对人名称', 'Holder', '法人名称'],
    ['行政相对人代码', 'Unified social credit code of the holder', '统一社会信用代码'],
    ['法定代表人', 'Legal representative', '姓名'],
    ['许可内容', 'Content', '许可的事项'],
    ['许可决定日期', 'Date of decision', ''],
    ['有效期自', 'Valid from', ''],
    ['有效期至', 'Valid until', ''],
    ['许可机关', 'Authority', '作出许可决定的机关'],
    ['当前状态', 'Status', '1 有效，2 无效'],
  ],
  *rows(world, pick) {
    for (let i = 0, count = scaled(world, 6_000); i < count; i++) {
      const { name, code, representative, place } = pick.one(world.companies)
      const [what, kind] = pick.one(LICENCES)
      const day = world.today - pick.int(1, 1460)
      const until = plusYears(day, pick.one([3, 4, 5]))
      const document = `澜${place.district.nameZh[0]!}许准字〔${yearOf(day)}〕第${String(i + 1).padStart(6, '0')}号`
      yield [
        document, `${what}决定书`, kind, name, code, representative.name, `准予${what}`,
        isoOf(day), isoOf(day), isoOf(until - 1), `${place.district.nameZh}市场监督管理局`, until > world.today ? '1' : '2',
      ]
    }
  },
}

const OFFENCES = [
  ['未按规定公示年度报告', '《企业信息公示暂行条例》第十七条', '列入经营异常名录', 0, 0],
  ['经营超过保质期的食品', '《中华人民共和国食品安全法》第一百二十四条', '罚款、没收违法所得', 5, 8],
  ['虚假广告宣传', '《中华人民共和国广告法》第五十五条', '罚款', 2, 20],
  ['无照经营', '《无证无照经营查处办法》第十三条', '罚款', 0.1, 1],
  ['未明码标价', '《中华人民共和国价格法》第四十二条', '罚款', 0.05, 0.5],
  ['使用未经检验的特种设备', '《中华人民共和国特种设备安全法》第八十四条', '罚款', 3, 30],
] as const

export const penalty: TableSpec = {
  key: 'penalty',
  owner: 'market',
  entryTitle: { zh: '行政处罚公示信息', en: 'Administrative penalties (public register)' },
  description: {
    zh: '市场监管领域的行政处罚决定，含违法行为、处罚依据、种类、金额和公示期限。',
    en: 'Penalties in market regulation: offence, legal basis, kind, amount and time of publication.',
  },
  theme: '信用公示',
  keywords: ['行政处罚', '双公示', '信用', '执法'],
  updateCycle: 'daily',
  sharingType: 'unconditional',
  openingType: 'open',
  file: { name: '行政处罚公示.csv', ...csv },
  fields: [
    ['处罚决定书文号', 'Document number', '决定书的编号'],
    ['行政相对人名称', 'Name of the company', '被处罚的法人名称'],
    ['统一社会信用代码', 'Unified social credit code', '18 位，GB 32100'],
    ['法定代表人', 'Legal representative', '姓名'],
    ['违法行为类型', 'Offence', ''],
    ['处罚依据', 'Legal basis', '法律法规条款'],
    ['处罚类别', 'Kind of penalty', ''],
    ['罚款金额（万元）', 'Fine', '单位：万元'],
    ['处罚决定日期', 'Date of decision', ''],
    ['公示截止期', 'Published until', ''],
    ['处罚机关', 'Authority', ''],
    ['备注', 'Remark', '可为空'],
  ],
  *rows(world, pick) {
    for (let i = 0, count = scaled(world, 3_000); i < count; i++) {
      const { name, code, representative, place } = pick.one(world.companies)
      const [offence, basis, kind, low, high] = pick.one(OFFENCES)
      const day = world.today - pick.int(1, 1095)
      const fine = Math.round((low + (high - low) * pick.fraction() ** 2) * 10_000) / 10_000
      yield [
        `澜市监罚〔${yearOf(day)}〕${String(i + 1).padStart(5, '0')}号`, name, code, representative.name, offence, basis, kind,
        fine.toFixed(4), isoOf(day), isoOf(plusYears(day, 3)), `${place.district.nameZh}市场监督管理局`,
        pick.chance(0.08) ? '已申请信用修复' : '',
      ]
    }
  },
}
