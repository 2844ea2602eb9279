import { isoOf, plusYears } from '../calendar.ts'
import { vehicleNumber } from '../codes.ts'
import { weightedOf } from '../pick.ts'
import { sexZh } from '../population.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled } from '../world.ts'

export const residents: TableSpec = {
  key: 'resident',
  owner: 'police',
  entryTitle: { zh: '户籍人口基本信息', en: 'Registered residents' },
  description: {
    zh: '本市常住户口人员的基本信息，是人口基础库的权威来源。',
    en: 'Basic facts on residents with household registration; the authority for the base library on persons.',
  },
  theme: '公安户籍',
  keywords: ['户籍', '人口', '身份证', '基础库'],
  updateCycle: 'daily',
  sharingType: 'conditional',
  sharingCondition: '优先以核验方式提供；确需返回字段的，按最小必要原则逐项审批。',
  legalBasis: '《中华人民共和国居民身份证法》第十九条、《中华人民共和国个人信息保护法》第三十四条',
  openingType: 'closed',
  file: { name: '户籍人口.csv', encoding: 'utf-8', delimiter: ',' },
  fields: [
    ['公民身份号码', 'Citizen number', '18 位，GB 11643'],
    ['姓名', 'Name', ''],
    ['性别', 'Sex', '男、女'],
    ['民族', 'Ethnic group', 'GB/T 3304 名称'],
    ['出生日期', 'Date of birth', ''],
    ['户号', 'Household', '同户人员相同'],
    ['与户主关系', 'Relation to the head', 'GB/T 4761 名称'],
    ['婚姻状况', 'Marital status', '未婚、已婚'],
    ['文化程度', 'Education', ''],
    ['户籍地址', 'Registered address', ''],
    ['村社区代码', 'Village or community', '12 位'],
    ['联系电话', 'Telephone', '未成年人为空'],
  ],
  *rows(world) {
    for (const person of world.persons) {
      yield [
        person.number, person.name, sexZh(person.sex), person.people, isoOf(person.birthDay), `H${String(person.household + 1).padStart(7, '0')}`,
        person.relation, person.spouse === undefined ? '未婚' : '已婚', person.education, person.address, person.place.region.code, person.phone,
      ]
    }
  },
}

const CARS = weightedOf<readonly [kind: string, use: string]>([
  [['小型轿车', '非营运'], 62], [['小型普通客车', '非营运'], 22], [['轻型厢式货车', '货运'], 7], [['重型半挂牵引车', '货运'], 3],
  [['普通二轮摩托车', '非营运'], 4], [['大型普通客车', '公路客运'], 2],
])

export const vehicle: TableSpec = {
  key: 'vehicle',
  owner: 'police',
  entryTitle: { zh: '机动车登记信息', en: 'Vehicle register' },
  description: {
    zh: '机动车注册登记信息，含号牌号码、车辆识别代号、所有人、使用性质、检验有效期。',
    en: 'Registered vehicles: plate, vehicle identification number, owner, use, inspection valid until.',
  },
  theme: '公安交管',
  keywords: ['机动车', '号牌', '车辆', '年检'],
  updateCycle: 'weekly',
  sharingType: 'conditional',
  sharingCondition: '限用于低保资格、住房保障资格核对和停车执法。',
  legalBasis: '《中华人民共和国道路交通安全法》第八条、《机动车登记规定》',
  openingType: 'closed',
  file: { name: '机动车登记.csv', encoding: 'utf-8', delimiter: ',' },
  fields: [
    ['号牌号码', 'Plate', '浙Y 未启用，不与真实号牌重复'],
    ['车辆识别代号', 'Vehicle identification number', '17 位，GB 16735'],
    ['车辆类型', 'Kind', ''],
    ['使用性质', 'Use', ''],
    ['燃料种类', 'Fuel', '汽油、柴油、纯电动、混合动力'],
    ['所有人', 'Owner', '自然人或法人名称'],
    ['所有人证件号码', "Owner's number", '公民身份号码或统一社会信用代码'],
    ['住址', 'Address', ''],
    ['初次登记日期', 'First registered', ''],
    ['检验有效期止', 'Inspected until', ''],
    ['机动车状态', 'Status', '正常、查封、逾期未检验、报废'],
  ],
  *rows(world, pick) {
    const drivers = world.adults.filter(({ age }) => age >= 20 && age <= 70)
    for (let i = 0, count = scaled(world, 8_000); i < count; i++) {
      const company = pick.chance(0.14) ? pick.one(world.companies) : undefined
      const person = company === undefined ? pick.one(drivers) : undefined
      const [kind, use] = pick.weighted(CARS)
      const oldest = Math.max(company?.foundedDay ?? plusYears(person!.birthDay, 19), world.today - 5400)
      const first = world.today - 2 - Math.floor(pick.fraction() * (world.today - 2 - oldest))
      const serial = 10_000 + i * 7
      yield [
        `浙Y${'ABCDEFGHJK'[serial % 10]!}${String(Math.floor(serial / 10)).padStart(4, '0')}`, vehicleNumber(pick), kind, use,
        kind.startsWith('重型') ? '柴油' : pick.one(['汽油', '汽油', '汽油', '纯电动', '混合动力']),
        company?.name ?? person!.name, company?.code ?? person!.number, (company ?? person!).address,
        isoOf(first), isoOf(plusYears(world.today, pick.int(0, 1)) + pick.int(-40, 300)), pick.chance(0.94) ? '正常' : pick.one(['查封', '逾期未检验', '报废']),
      ]
    }
  },
}
