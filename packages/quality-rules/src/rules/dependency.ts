import { onField, parameter, textsOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** One value for each value of other fields: a post code has one city. */
export const dependency: RuleDefinition = {
  id: 'dependency',
  dimension: 'consistency',
  titleZh: '函数依赖',
  titleEn: 'Functional dependency',
  aboutZh: '其他字段的值相同时，本字段的值也相同。',
  aboutEn: 'Where other fields have the same values, so has this one.',
  source: 'GB/T 36344-2018, 一致性：关联数据一致性',
  scope: 'field',
  parameters: [
    parameter('fields', ['from', '由哪些字段决定', 'Determined by'], { required: true, default: [] }),
  ],
  weight: 1,
  severity: 'minor',
  toleranceShare: 0.01,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => withFields(subject, textsOf(rule, 'from'), () => ({ by: 'engine', measures: [{ kind: 'dependency', from: textsOf(rule, 'from'), to: name }] }))),
}
