import { countRows, isNull, onField } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Fields that are filled in every row. */
export const notNull: RuleDefinition = {
  id: 'not-null',
  dimension: 'completeness',
  titleZh: '非空',
  titleEn: 'Not empty',
  aboutZh: '每一行都有值。',
  aboutEn: 'There is a value in every row.',
  source: 'GB/T 36344-2018, 完整性：数据元素完整性',
  scope: 'field',
  parameters: [],
  weight: 3,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) => onField(rule, subject, ({ name }) => countRows(isNull(name))),
}
