import { countRows, not, numberOf, parameter, textsOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Rows of which enough fields are filled. */
export const recordFilled: RuleDefinition = {
  id: 'record-filled',
  dimension: 'completeness',
  titleZh: '记录填充率',
  titleEn: 'Fill rate of records',
  aboutZh: '每条记录至少填了约定比例的字段。',
  aboutEn: 'Of each record at least a share of the fields is filled.',
  source: 'GB/T 36344-2018, 完整性：数据记录完整性',
  scope: 'table',
  parameters: [
    parameter('fields', ['fields', '看哪些字段（空为全部）', 'Which fields (all when empty)'], { default: [] }),
    parameter('number', ['leastShare', '至少填充比例', 'Least share'], { default: 0.6, minimum: 0, maximum: 1 }),
  ],
  weight: 2,
  severity: 'minor',
  toleranceShare: 0.05,
  plan: (rule, subject) => {
    const named = textsOf(rule, 'fields')
    const fields = named.length > 0 ? named : subject.version.schema.map(({ name }) => name)
    return withFields(subject, fields, () => countRows(not({ op: 'filled', fields, least: Math.ceil(fields.length * (numberOf(rule, 'leastShare') ?? 1) - 1e-9) })))
  },
}
