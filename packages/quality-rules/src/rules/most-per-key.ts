import { numberOf, onField, parameter, textsOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** A key that stands in so many rows at most: one citizen number does not have 23 accounts. */
export const mostPerKey: RuleDefinition = {
  id: 'most-per-key',
  dimension: 'consistency',
  titleZh: '每键至多 n 条',
  titleEn: 'At most n per key',
  aboutZh: '同一个值至多出现约定的次数，如一个身份号码不应有 23 个账户。',
  aboutEn: 'The same value stands in so many rows at most.',
  source: 'GB/T 36344-2018, 一致性；准确性：数据唯一性',
  scope: 'field',
  parameters: [
    parameter('fields', ['with', '与哪些字段组合', 'Together with'], { default: [] }),
    parameter('integer', ['most', '至多', 'At most'], { required: true, default: 5, minimum: 1 }),
  ],
  weight: 1,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => {
      const by = [name, ...textsOf(rule, 'with')]
      return withFields(subject, by, () => ({ by: 'engine', measures: [{ kind: 'groups', by, most: numberOf(rule, 'most') ?? 1, counted: 'all' }] }))
    }),
}
