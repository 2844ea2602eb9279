import { otherFields } from '../other-entry.ts'
import { nothing, parameter, textOf, textsOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Keys of another entry that must all be here. */
export const keyCoverage: RuleDefinition = {
  id: 'key-coverage',
  dimension: 'completeness',
  titleZh: '主键覆盖',
  titleEn: 'Coverage of keys',
  aboutZh: '另一目录条目的主键在本数据中都能找到。',
  aboutEn: 'All keys of another entry are found here.',
  source: 'GB/T 36344-2018, 完整性：数据记录完整性',
  scope: 'table',
  parameters: [
    parameter('fields', ['fields', '本数据的字段', 'Fields here'], { required: true, default: [] }),
    parameter('entry', ['entry', '对照的条目', 'Other entry'], { required: true }),
    parameter('fields', ['keyFields', '对照条目的字段', 'Its fields'], { required: true, default: [], of: 'entry' }),
  ],
  weight: 1,
  severity: 'major',
  toleranceShare: 0.05,
  plan: (rule, subject) => {
    const fields = textsOf(rule, 'fields')
    return withFields(subject, fields, () => {
      const of = otherFields(subject, textOf(rule, 'entry'), textsOf(rule, 'keyFields'), fields.length)
      return typeof of === 'string' ? nothing(of) : { by: 'engine', measures: [{ kind: 'coverage', fields, of }] }
    })
  },
}
