import { yearOf } from '../calendar.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled } from '../world.ts'

const SUBJECTS = [
  ['2010301', '行政运行'], ['2010302', '一般行政管理事务'], ['2010350', '事业运行'], ['2019999', '其他一般公共服务支出'], ['2080505', '机关事业单位基本养老保险缴费支出'],
  ['2080506', '机关事业单位职业年金缴费支出'], ['2101101', '行政单位医疗'], ['2101103', '公务员医疗补助'], ['2210201', '住房公积金'], ['2210203', '购房补贴'], ['2299999', '其他支出'],
] as const

export const budget: TableSpec = {
  key: 'budget',
  owner: 'finance',
  entryTitle: { zh: '部门预算公开数据', en: 'Budgets of departments' },
  description: {
    zh: '各部门按功能分类科目公开的预算和执行情况，单位为万元。',
    en: 'Budget and execution of each department by functional subject, in 10,000 yuan.',
  },
  theme: '财政',
  keywords: ['预算', '财政', '支出', '预算公开'],
  updateCycle: 'yearly',
  sharingType: 'unconditional',
  openingType: 'open',
  file: { name: '部门预算公开.csv', encoding: 'utf-8', delimiter: ',' },
  fields: [
    ['预算年度', 'Year', ''],
    ['部门名称', 'Department', ''],
    ['统一社会信用代码', 'Unified social credit code', '18 位'],
    ['功能科目编码', 'Subject code', '政府收支分类科目'],
    ['功能科目名称', 'Subject', ''],
    ['支出类别', 'Kind', '基本支出、项目支出'],
    ['资金来源', 'Source', '一般公共预算、政府性基金'],
    ['预算金额（万元）', 'Budget', '万元'],
    ['执行金额（万元）', 'Spent', '万元'],
    ['执行率（%）', 'Executed', '百分比'],
  ],
  *rows(world, pick) {
    const last = yearOf(world.today) - 1
    for (let year = last - scaled(world, 4); year <= last; year++) {
      for (const { nameZh, code } of world.organisations) {
        for (const [subject, name] of SUBJECTS) {
          for (const kind of subject.startsWith('2010') ? ['基本支出', '项目支出'] : ['基本支出']) {
            const amount = Math.round(Math.max(8, pick.normal(900, 420)) * (kind === '项目支出' ? 2.4 : 1) * 100) / 100
            const spent = Math.round(amount * Math.min(1, pick.normal(0.95, 0.04)) * 100) / 100
            yield [
              String(year), nameZh, code, subject, name, kind, kind === '项目支出' && pick.chance(0.1) ? '政府性基金' : '一般公共预算',
              amount.toFixed(2), spent.toFixed(2), ((spent / amount) * 100).toFixed(1),
            ]
          }
        }
      }
    }
  },
}
