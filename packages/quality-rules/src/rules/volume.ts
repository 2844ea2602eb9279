import { nothing, numberOf, parameter } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const LOOKED_AT = 10

/** A number of rows that is not far from what it was: beside the median of the last ten versions. */
export const volume: RuleDefinition = {
  id: 'volume',
  dimension: 'timeliness',
  titleZh: '数据量异常',
  titleEn: 'Volume',
  aboutZh: '行数与近几个版本的中位数相比没有突变。',
  aboutEn: 'The number of rows is not far from the median of the last versions.',
  source: 'GB/T 36344-2018, 时效性：基于时间段的正确性',
  scope: 'table',
  parameters: [
    parameter('number', ['mostChange', '允许变化比例', 'Share of change allowed'], { default: 0.5, minimum: 0 }),
  ],
  weight: 1,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, { rowsStored: rows, history }) => {
    const past = history.slice(0, LOOKED_AT).map((version) => version.rows).toSorted((a, b) => a - b)
    if (past.length === 0) return nothing('no-history')
    const usual = (past[Math.floor((past.length - 1) / 2)]! + past[Math.ceil((past.length - 1) / 2)]!) / 2 // there is one at least
    const change = usual === 0 ? (rows === 0 ? 0 : 1) : Math.abs(rows - usual) / usual
    return { by: 'facts', finding: { checked: 1, failed: change > (numberOf(rule, 'mostChange') ?? 0.5) ? 1 : 0, params: { rows, usual } } }
  },
}
