import type { Condition } from '@datong/data-engine'
import { all, compare, countRows, flagOf, given, nothing, onField, parameter, schemaOf, textOf } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** One field that is not after another: from before until, issued before expiry. */
export const columnOrder: RuleDefinition = {
  id: 'column-order',
  dimension: 'consistency',
  titleZh: '先后顺序',
  titleEn: 'Order of two fields',
  aboutZh: '本字段不晚于（不大于）另一字段，如起止日期。',
  aboutEn: 'This field is not after, or greater than, another.',
  source: 'GB/T 36344-2018, 一致性：关联数据一致性',
  scope: 'field',
  parameters: [
    parameter('field', ['other', '另一字段', 'Other field'], { required: true }),
    parameter('boolean', ['strict', '不得相等', 'Not equal either'], { default: false }),
  ],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) => {
    const other = schemaOf(subject, textOf(rule, 'other'))
    return onField(rule, subject, ({ name, type }) => {
      if (other === undefined) return nothing('field-missing')
      const numbers = [type, other.type].some((one) => one === 'integer' || one === 'decimal') && ![type, other.type].some((one) => one === 'date' || one === 'datetime')
      const as = numbers ? 'number' : type === 'datetime' && other.type === 'datetime' ? 'stored' : 'date'
      const read = as === 'stored' ? [given(name), given(other.name)] : [name, other.name].map((field): Condition => ({ op: 'reads', field, as }))
      return countRows(compare({ field: name, as }, flagOf(rule, 'strict') ? 'gte' : 'gt', { field: other.name, as }), all(...read))
    })
  },
}
