import { numberOf, onField, parameter } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const NONE = { checked: 0, failed: 0 }

/** Numbers far beyond the quartiles, and beyond what the tail of the others promises: of sound numbers one in twenty fields has a single one. */
export const outliers: RuleDefinition = {
  id: 'outliers',
  dimension: 'accuracy',
  titleZh: '离群值',
  titleEn: 'Outliers',
  aboutZh: '没有既远离四分位区间、又超出其余数值尾部的离群值。',
  aboutEn: 'No number is far beyond the quartiles and beyond what the tail of the others promises.',
  source: 'Tukey 1977；Hoaglin 1985；Davies, Gather 1993；GB/T 36344-2018, 准确性',
  scope: 'field',
  parameters: [
    parameter('number', ['factor', '四分位距的倍数', 'Times the distance of the quartiles'], { default: 3, minimum: 0.5, maximum: 1000 }),
  ],
  weight: 1,
  severity: 'minor',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => ({
      by: 'engine',
      measures: [{ kind: 'outliers', field: name, factor: numberOf(rule, 'factor') ?? 3 }],
      judge: ([measured]) => ({ ...(measured ?? NONE), params: { low: measured?.bounds?.low ?? null, high: measured?.bounds?.high ?? null } }),
    }), ['text', 'integer', 'decimal']),
}
