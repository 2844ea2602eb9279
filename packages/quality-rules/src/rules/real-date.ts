import { countRows, given, not, onField } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Dates that the calendar has: no 30 February. */
export const realDate: RuleDefinition = {
  id: 'real-date',
  dimension: 'normativity',
  titleZh: '真实日期',
  titleEn: 'Real date',
  aboutZh: '日期在日历上存在，写法可以识别。',
  aboutEn: 'Dates are in the calendar and written in a known way.',
  source: 'GB/T 7408.1；GB/T 36344-2018, 规范性：数据标准',
  scope: 'field',
  parameters: [],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) => onField(rule, subject, ({ name }) => countRows(not({ op: 'reads', field: name, as: 'date' }), given(name)), ['text', 'integer', 'date', 'datetime']),
}
