import { isoOf, monthBefore, plusYears } from '../calendar.ts'
import { bankCard } from '../codes.ts'
import { sexZh } from '../population.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled } from '../world.ts'

/** How many insurance accounts one person has, by error of the offices that opened them. */
const ACCOUNTS_OF_ONE = 23

export const insurance: TableSpec = {
  key: 'social-insurance',
  owner: 'labour',
  entryTitle: { zh: '社会保险参保信息', en: 'Social insurance accounts' },
  description: {
    zh: '城镇职工和城乡居民参加社会保险的个人账户信息，含险种、参保单位、缴费基数和缴费状态。',
    en: 'Personal accounts in social insurance: person, kind of insurance, employer, base of contribution, status.',
  },
  theme: '社会保障',
  keywords: ['社保', '参保', '养老保险', '缴费'],
  updateCycle: 'monthly',
  sharingType: 'conditional',
  sharingCondition: '用于法定职责中的资格审核，按需提供字段，不得转作其他用途。',
  legalBasis: '《中华人民共和国社会保险法》第八十一条',
  openingType: 'closed',
  file: { name: '社会保险参保信息.csv', encoding: 'utf-8', delimiter: ',' },
  fields: [
    ['个人账户编号', 'Account number', '社会保险个人账户，12 位'],
    ['姓名', 'Name', ''],
    ['公民身份号码', 'Citizen number', '18 位，早期登记有 15 位'],
    ['性别', 'Sex', '男、女'],
    ['出生日期', 'Date of birth', ''],
    ['参保险种', 'Kind of insurance', '职工基本养老保险、城乡居民基本养老保险'],
    ['参保单位', 'Employer', '单位名称，居民参保为空'],
    ['单位统一社会信用代码', 'Credit code of the employer', '居民参保为空'],
    ['参保日期', 'Insured since', ''],
    ['缴费基数（元）', 'Base of contribution', '元/月'],
    ['最近缴费月份', 'Last month paid', 'YYYY-MM'],
    ['缴费状态', 'Status', '正常缴费、暂停缴费、领取待遇'],
    ['待遇发放银行账号', 'Bank card', '19 位'],
    ['联系电话', 'Telephone', '11 位手机号码'],
    ['参保地区划代码', 'Division', '6 位'],
  ],
  *rows(world, pick, marks) {
    const insured = world.adults.slice(0, scaled(world, 19_950))
    const many = insured.length >> 1
    let row = 0
    for (const [i, person] of insured.entries()) {
      const company = person.employer === undefined ? undefined : world.companies[person.employer]!
      const accounts = i === many ? ACCOUNTS_OF_ONE : 1
      for (let account = 0; account < accounts; account++) {
        row++
        const retired = person.age >= (person.sex === 'male' ? 60 : 55)
        const since = Math.max(plusYears(person.birthDay, 18), world.today - pick.int(60, 7300))
        const status = retired ? '领取待遇' : pick.chance(0.9) ? '正常缴费' : '暂停缴费'
        const record = [
          `99${String(10_000_000 + row)}`.padEnd(12, String(row % 10)), person.name, person.number, sexZh(person.sex), isoOf(person.birthDay),
          company === undefined ? '城乡居民基本养老保险' : '职工基本养老保险', company?.name ?? '', company?.code ?? '', isoOf(since),
          String(company === undefined ? pick.int(8, 40) * 100 : Math.max(4462, Math.round(pick.normal(8200, 2600)))),
          monthBefore(world.today, status === '正常缴费' ? 1 : pick.int(3, 60)), status, bankCard(pick), person.phone, person.place.district.code,
        ]
        if (accounts > 1) marks.set(record, { kind: 'person/many-accounts', field: '公民身份号码' })
        yield record
      }
    }
  },
}
