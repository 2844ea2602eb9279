import { nothing, numberOf, parameter, textsOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** In narrow tables many rows differ in one field only, and rightly. */
const LEAST_FIELDS = 4
const MOST_FIELDS = 40

/** Rows that differ from an earlier one in a single field, and there by little: the same thing entered twice. */
export const nearDuplicates: RuleDefinition = {
  id: 'near-duplicates',
  dimension: 'accuracy',
  titleZh: '近似重复',
  titleEn: 'Near duplicates',
  aboutZh: '没有仅一个字段略有不同的近似重复行。',
  aboutEn: 'No row differs from an earlier one in a single field, and there by little.',
  source: 'GB/T 36344-2018, 准确性：数据重复率',
  scope: 'table',
  parameters: [
    parameter('fields', ['fields', '比较哪些字段（空为全部）', 'Which fields (all when empty)'], { default: [] }),
    parameter('number', ['alike', '相似度', 'Likeness'], { default: 0.8, minimum: 0, maximum: 1 }),
  ],
  weight: 1,
  severity: 'minor',
  toleranceShare: 0.01,
  plan: (rule, subject) => {
    const named = textsOf(rule, 'fields')
    const fields = named.length > 0 ? named : subject.version.schema.map(({ name }) => name)
    if (fields.length < LEAST_FIELDS || fields.length > MOST_FIELDS) return nothing('nothing-to-check')
    return withFields(subject, fields, () => ({ by: 'engine', measures: [{ kind: 'near', fields, alike: numberOf(rule, 'alike') ?? 1 }] }))
  },
}
