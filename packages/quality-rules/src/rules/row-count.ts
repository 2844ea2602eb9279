import { numberOf, parameter } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** How many rows a version must have at least and at most. */
export const rowCount: RuleDefinition = {
  id: 'row-count',
  dimension: 'completeness',
  titleZh: '行数',
  titleEn: 'Number of rows',
  aboutZh: '行数在约定的范围内。',
  aboutEn: 'The number of rows is within bounds.',
  source: 'GB/T 36344-2018, 完整性：数据记录完整性',
  scope: 'table',
  parameters: [
    parameter('integer', ['least', '至少', 'At least'], { default: 1, minimum: 0 }),
    parameter('integer', ['most', '至多', 'At most'], { minimum: 0 }),
  ],
  weight: 1,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, { rowsStored: rows }) => {
    const [least, most] = [numberOf(rule, 'least') ?? 0, numberOf(rule, 'most') ?? Infinity]
    return { by: 'facts', finding: { checked: 1, failed: rows < least || rows > most ? 1 : 0, params: { rows, least, most: Number.isFinite(most) ? most : null } } }
  },
}
