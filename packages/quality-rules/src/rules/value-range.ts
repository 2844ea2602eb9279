import type { Condition } from '@datong/data-engine'
import { any, compare, countRows, nothing, onField, parameter } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Numbers or days within bounds; what cannot be read is the business of other rules. */
export const valueRange: RuleDefinition = {
  id: 'value-range',
  dimension: 'accuracy',
  titleZh: '取值范围',
  titleEn: 'Range',
  aboutZh: '数值或日期在约定的范围内。',
  aboutEn: 'Numbers or days are within bounds.',
  source: 'GB/T 36344-2018, 准确性：数据内容正确性',
  scope: 'field',
  parameters: [
    parameter('bound', ['least', '最小', 'Least']),
    parameter('bound', ['most', '最大', 'Most']),
  ],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name, type }) => {
      const bounds = [rule.parameters['least'], rule.parameters['most']]
      const as = type === 'date' || type === 'datetime' || bounds.some((bound) => typeof bound === 'string') ? 'date' : 'number'
      const beyond = bounds.flatMap((bound, index): Condition[] =>
        typeof bound === 'number' || typeof bound === 'string' ? [compare({ field: name, as }, index === 0 ? 'lt' : 'gt', { value: bound, as })] : [])
      return beyond.length === 0 ? nothing('nothing-to-check') : countRows(any(...beyond), { op: 'reads', field: name, as })
    }, ['text', 'integer', 'decimal', 'date', 'datetime']),
}
