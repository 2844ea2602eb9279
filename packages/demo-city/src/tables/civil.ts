import { isoOf, monthBefore, plusYears, yearOf } from '../calendar.ts'
import type { Person } from '../population.ts'
import { bankCard } from '../codes.ts'
import { sexZh } from '../population.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled } from '../world.ts'

export const marriage: TableSpec = {
  key: 'marriage',
  owner: 'civil',
  entryTitle: { zh: '婚姻登记信息', en: 'Marriage register' },
  description: {
    zh: '结婚登记信息，含男女双方姓名、身份证号、登记日期和登记机关。',
    en: 'Registered marriages: names and citizen numbers of both, date and office of registration.',
  },
  theme: '民政',
  keywords: ['婚姻', '结婚', '登记'],
  updateCycle: 'daily',
  sharingType: 'conditional',
  sharingCondition: '以核验方式提供，只返回一致或不一致。',
  legalBasis: '《婚姻登记档案管理办法》第十五条',
  openingType: 'closed',
  file: { name: '婚姻登记.csv', encoding: 'gb18030', delimiter: ',' },
  fields: [
    ['结婚证字号', 'Certificate number', ''],
    ['男方姓名', "Husband's name", ''],
    ['男方身份证号', "Husband's citizen number", ''],
    ['男方出生日期', "Husband's date of birth", ''],
    ['女方姓名', "Wife's name", ''],
    ['女方身份证号', "Wife's citizen number", ''],
    ['女方出生日期', "Wife's date of birth", ''],
    ['登记日期', 'Date of registration', ''],
    ['登记机关', 'Office', ''],
    ['备注', 'Remark', '可为空'],
  ],
  *rows(world, pick) {
    const wives = world.persons.filter((person): person is Person & { spouse: Person } =>
      person.sex === 'female' && person.spouse !== undefined)
    let serial = 0
    for (const wife of wives.slice(0, scaled(world, 6_000))) {
      const husband = wife.spouse
      const earliest = Math.max(plusYears(wife.birthDay, 20), plusYears(husband.birthDay, 22))
      const day = Math.min(world.today - 1, earliest + pick.int(0, 2200))
      serial++
      yield [
        `J${wife.place.district.code}-${yearOf(day)}-${String(serial).padStart(6, '0')}`, husband.name, husband.number, isoOf(husband.birthDay),
        wife.name, wife.number, isoOf(wife.birthDay), isoOf(day), `${wife.place.district.nameZh}民政局婚姻登记处`,
        pick.chance(0.03) ? '补领' : '',
      ]
    }
  },
}

export const lowIncome: TableSpec = {
  key: 'low-income',
  owner: 'civil',
  entryTitle: { zh: '最低生活保障对象信息', en: 'Recipients of minimum living allowance' },
  description: {
    zh: '最低生活保障对象及家庭的保障人数、保障金额和起止时间。',
    en: 'Persons and households that receive the minimum living allowance: number, amount and time.',
  },
  theme: '民政',
  keywords: ['低保', '社会救助', '困难群众'],
  updateCycle: 'monthly',
  sharingType: 'conditional',
  sharingCondition: '限用于教育资助、医疗救助、住房保障等救助资格认定。',
  legalBasis: '《社会救助暂行办法》第六十一条',
  openingType: 'on-application',
  file: { name: '低保对象.csv', encoding: 'utf-8', delimiter: ';' },
  fields: [
    ['保障证号', 'Allowance number', ''],
    ['户主姓名', 'Head of the household', ''],
    ['身份证号', 'Citizen number', ''],
    ['性别', 'Sex', ''],
    ['家庭人口', 'Household size', '人'],
    ['保障人数', 'Persons covered', '人'],
    ['月保障金额（元）', 'Monthly allowance', '元'],
    ['致困原因', 'Cause', ''],
    ['开始享受年月', 'Since', 'YYYY-MM'],
    ['发放账号', 'Bank card', '19 位'],
    ['联系电话', 'Telephone', ''],
    ['家庭住址', 'Address', ''],
    ['复核日期', 'Reviewed on', ''],
  ],
  *rows(world, pick) {
    const heads = world.adults.filter(({ relation, employer }) => relation === '户主' && employer === undefined)
    const count = Math.min(heads.length, scaled(world, 1_500))
    for (let i = 0; i < count; i++) {
      const head = heads[Math.floor((i * heads.length) / count)]!
      const size = pick.int(1, 5)
      const covered = pick.int(1, size)
      yield [
        `DB${head.place.district.code}${String(i + 1).padStart(6, '0')}`, head.name, head.number, sexZh(head.sex), String(size), String(covered),
        String(covered * pick.int(58, 112) * 10), pick.one(['因病', '因残', '缺劳动力', '因学', '失业', '其他']),
        monthBefore(world.today, pick.int(2, 110)), bankCard(pick), head.phone, head.address, isoOf(world.today - pick.int(5, 360)),
      ]
    }
  },
}
