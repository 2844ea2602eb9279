import { countRows, given, not, onField, parameter, textsOf } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Values that were not among the known ones of an enumeration. */
export const newValue: RuleDefinition = {
  id: 'new-value',
  dimension: 'normativity',
  titleZh: '枚举新值',
  titleEn: 'New value in an enumeration',
  aboutZh: '取值都在已知的枚举值之内，出现新值即提示。',
  aboutEn: 'Values are among the known ones; a new one is told.',
  source: 'GB/T 36344-2018, 规范性：值域',
  scope: 'field',
  parameters: [
    parameter('texts', ['values', '已知的值', 'Known values'], { required: true, default: [] }),
  ],
  weight: 1,
  severity: 'minor',
  toleranceShare: 0,
  plan: (rule, subject) => onField(rule, subject, ({ name }) => countRows(not({ op: 'among', value: { field: name, as: 'text' }, values: textsOf(rule, 'values') }), given(name))),
}
