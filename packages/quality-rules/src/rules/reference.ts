import { otherFields } from '../other-entry.ts'
import { nothing, onField, parameter, textOf, textsOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Values that must be found in another entry (foreign key). In doubt are those of its rows that were not taken in: they are there, and do not fit. */
export const reference: RuleDefinition = {
  id: 'reference',
  dimension: 'consistency',
  titleZh: '外键',
  titleEn: 'Found in another entry',
  aboutZh: '取值（或几个字段的组合）在另一目录条目中存在；只见于其拒收行的存疑。',
  aboutEn: 'Values are found in another entry; those that only its rejected rows have are in doubt.',
  source: 'GB/T 36344-2018, 一致性：关联数据一致性',
  scope: 'field',
  parameters: [
    parameter('fields', ['with', '与哪些字段组合', 'Together with'], { default: [] }),
    parameter('entry', ['entry', '对照的条目', 'Other entry'], { required: true }),
    parameter('fields', ['keyFields', '对照条目的字段', 'Its fields'], { required: true, default: [], of: 'entry' }),
  ],
  weight: 2,
  severity: 'critical',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => {
      const fields = [name, ...textsOf(rule, 'with')]
      return withFields(subject, fields, () => {
        const to = otherFields(subject, textOf(rule, 'entry'), textsOf(rule, 'keyFields'), fields.length)
        const lines = subject.rejected?.get(textOf(rule, 'entry') ?? '') ?? []
        return typeof to === 'string' ? nothing(to) : { by: 'engine', measures: [{ kind: 'reference', fields, to, ...(lines.length > 0 ? { lines } : {}) }] }
      })
    }),
}
