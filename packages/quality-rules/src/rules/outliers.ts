import { numberOf, onField, parameter } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const NONE = { checked: 0, failed: 0 }

/** Numbers far beyond the quartiles. */
export const outliers: RuleDefinition = {
  id: 'outliers',
  dimension: 'accuracy',
  titleZh: '离群值',
  titleEn: 'Outliers',
  aboutZh: '数值没有远离四分位区间的离群值。',
  aboutEn: 'No number is far beyond the quartiles.',
  source: 'Tukey 1977；GB/T 36344-2018, 准确性',
  scope: 'field',
  parameters: [
    parameter('number', ['factor', '四分位距的倍数', 'Times the distance of the quartiles'], { default: 3, minimum: 0.5, maximum: 1000 }),
  ],
  weight: 1,
  severity: 'minor',
  toleranceShare: 0.01,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => ({
      by: 'engine',
      measures: [{ kind: 'outliers', field: name, factor: numberOf(rule, 'factor') ?? 3 }],
      judge: ([measured]) => ({ ...(measured ?? NONE), params: { low: measured?.bounds?.low ?? null, high: measured?.bounds?.high ?? null } }),
    }), ['text', 'integer', 'decimal']),
}
