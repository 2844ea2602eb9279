import { onField, parameter, textsOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Values, or values of several fields together, that stand in one row only. */
export const unique: RuleDefinition = {
  id: 'unique',
  dimension: 'accuracy',
  titleZh: '唯一',
  titleEn: 'Unique',
  aboutZh: '取值（或几个字段的组合）不重复。',
  aboutEn: 'Values, or those of several fields together, do not repeat.',
  source: 'GB/T 36344-2018, 准确性：数据唯一性',
  scope: 'field',
  parameters: [
    parameter('fields', ['with', '与哪些字段组合', 'Together with'], { default: [] }),
  ],
  weight: 2,
  severity: 'critical',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => {
      const by = [name, ...textsOf(rule, 'with')]
      const known = by.length === 1 ? subject.profile.find((profile) => profile.name === name) : undefined
      if (known?.exact === true && known.distinct === known.filled) return { by: 'facts', finding: { checked: known.filled, failed: 0 } }
      return withFields(subject, by, () => ({ by: 'engine', measures: [{ kind: 'groups', by, most: 1, counted: 'all' }] }))
    }),
}
