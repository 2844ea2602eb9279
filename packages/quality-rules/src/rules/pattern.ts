import { countRows, given, not, onField, parameter, textOf } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Texts that fit a regular expression as a whole. */
export const pattern: RuleDefinition = {
  id: 'pattern',
  dimension: 'normativity',
  titleZh: '格式',
  titleEn: 'Format',
  aboutZh: '取值整体符合约定的格式（正则表达式）。',
  aboutEn: 'Values fit a regular expression as a whole.',
  source: 'GB/T 36344-2018, 规范性：数据标准',
  scope: 'field',
  parameters: [
    parameter('pattern', ['pattern', '正则表达式', 'Regular expression'], { required: true }),
  ],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) => onField(rule, subject, ({ name }) => countRows(not({ op: 'matches', field: name, pattern: textOf(rule, 'pattern') ?? '.*' }), given(name))),
}
