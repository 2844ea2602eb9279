import { otherFields } from '../other-entry.ts'
import { nothing, onField, parameter, textOf, textsOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Values that another entry has alike under the same key. */
export const sameElsewhere: RuleDefinition = {
  id: 'same-elsewhere',
  dimension: 'consistency',
  titleZh: '跨源一致',
  titleEn: 'Same elsewhere',
  aboutZh: '同一主键在另一目录条目中的值相同。',
  aboutEn: 'Under the same key another entry has the same value.',
  source: 'GB/T 36344-2018, 一致性：相同数据一致性',
  scope: 'field',
  parameters: [
    parameter('fields', ['key', '本数据的主键', 'Key here'], { required: true, default: [] }),
    parameter('entry', ['entry', '对照的条目', 'Other entry'], { required: true }),
    parameter('fields', ['keyFields', '对照条目的主键', 'Its key'], { required: true, default: [], of: 'entry' }),
    parameter('field', ['otherField', '对照条目的字段', 'Its field'], { required: true, of: 'entry' }),
  ],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name, type }) => {
      const key = textsOf(rule, 'key')
      return withFields(subject, key, () => {
        const other = otherFields(subject, textOf(rule, 'entry'), textsOf(rule, 'keyFields'), key.length, textOf(rule, 'otherField'))
        if (typeof other === 'string') return nothing(other)
        const as = type === 'integer' || type === 'decimal' ? 'number' : type === 'date' ? 'date' : 'text'
        return { by: 'engine', measures: [{ kind: 'same', key, field: name, as, in: { ...other, field: textOf(rule, 'otherField') ?? '' } }] }
      })
    }),
}
