import { isoOf, monthBefore, plusYears } from '../calendar.ts'
import { bankCard } from '../codes.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled } from '../world.ts'

export const housingFund: TableSpec = {
  key: 'housing-fund',
  owner: 'fund',
  entryTitle: { zh: '住房公积金缴存信息', en: 'Housing provident fund accounts' },
  description: {
    zh: '职工住房公积金个人账户，含缴存单位、缴存基数、比例、月缴存额和账户余额。',
    en: 'Housing fund accounts of employees: employer, base, rate, monthly contribution and balance.',
  },
  theme: '住房保障',
  keywords: ['公积金', '缴存', '住房'],
  updateCycle: 'monthly',
  sharingType: 'conditional',
  sharingCondition: '限用于住房保障资格审核、个人所得税专项附加扣除核验。',
  legalBasis: '《中华人民共和国个人信息保护法》第三十四条',
  openingType: 'closed',
  file: { name: '住房公积金缴存.csv', encoding: 'gb18030', delimiter: '\t' },
  fields: [
    ['个人账号', 'Account', '12 位'],
    ['姓名', 'Name', ''],
    ['证件号码', 'Citizen number', '公民身份号码'],
    ['单位名称', 'Employer', ''],
    ['单位信用代码', 'Credit code of the employer', ''],
    ['开户日期', 'Opened', ''],
    ['缴存基数（元）', 'Base', '元/月'],
    ['缴存比例', 'Rate', '单位和个人各自的比例'],
    ['月缴存额（元）', 'Monthly contribution', '单位与个人合计'],
    ['缴至年月', 'Paid up to', 'YYYY-MM'],
    ['账户余额（元）', 'Balance', '元'],
    ['账户状态', 'Status', '正常、封存'],
    ['联名卡号', 'Bank card', '19 位'],
    ['手机号码', 'Mobile number', ''],
  ],
  *rows(world, pick) {
    const members = world.adults.filter(({ employer }) => employer !== undefined).slice(0, scaled(world, 11_500))
    for (const [i, person] of members.entries()) {
      const company = world.companies[person.employer!]!
      const base = Math.max(2490, Math.round(pick.normal(7600, 2400)))
      const rate = pick.one([5, 8, 10, 12])
      const opened = Math.max(plusYears(person.birthDay, 20), world.today - pick.int(90, 5400))
      const monthly = Math.round(base * rate) * 2 / 100
      const months = Math.max(1, Math.round((world.today - opened) / 30.4))
      const sealed = pick.chance(0.08)
      yield [
        `8001${String(i + 1).padStart(8, '0')}`, person.name, person.number, company.name, company.code, isoOf(opened), String(base), `${rate}%`,
        monthly.toFixed(2), monthBefore(world.today, sealed ? pick.int(4, 40) : 1), (monthly * months * pick.fraction()).toFixed(2),
        sealed ? '封存' : '正常', bankCard(pick), person.phone,
      ]
    }
  },
}
