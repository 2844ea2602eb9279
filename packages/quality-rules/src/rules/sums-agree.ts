import { HERE, otherFields } from '../other-entry.ts'
import { nothing, numberOf, onField, parameter, textOf, textsOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Totals that are the sum of their details, in another entry or in this one. */
export const sumsAgree: RuleDefinition = {
  id: 'sums-agree',
  dimension: 'consistency',
  titleZh: '明细与合计相符',
  titleEn: 'Details sum to the total',
  aboutZh: '合计等于同一主键下明细之和。',
  aboutEn: 'A total is the sum of the details under its key.',
  source: 'GB/T 36344-2018, 一致性：关联数据一致性',
  scope: 'field',
  parameters: [
    parameter('fields', ['key', '主键', 'Key'], { required: true, default: [] }),
    parameter('entry', ['entry', '明细所在条目（空为本数据）', 'Entry of the details (this one when empty)']),
    parameter('fields', ['keyFields', '明细的主键', 'Key of the details'], { required: true, default: [], of: 'entry' }),
    parameter('field', ['amount', '明细金额字段', 'Amount of the details'], { required: true, of: 'entry' }),
    parameter('number', ['tolerance', '允许误差', 'Tolerance'], { default: 0.01, minimum: 0 }),
  ],
  weight: 1,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => {
      const key = textsOf(rule, 'key')
      return withFields(subject, key, () => {
        const amount = textOf(rule, 'amount')
        const details = otherFields(subject, textOf(rule, 'entry') ?? HERE, textsOf(rule, 'keyFields'), key.length, amount)
        if (typeof details === 'string') return nothing(details)
        return { by: 'engine', measures: [{ kind: 'sums', key, total: name, details: { ...details, amount: amount ?? '' }, tolerance: numberOf(rule, 'tolerance') ?? 0 }] }
      })
    }, ['text', 'integer', 'decimal']),
}
