import { countRows, given, not, numberOf, onField, parameter, TEXTUAL } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Texts of so many characters. */
export const textLength: RuleDefinition = {
  id: 'text-length',
  dimension: 'normativity',
  titleZh: '长度',
  titleEn: 'Length',
  aboutZh: '取值的字符数在约定的范围内。',
  aboutEn: 'Values have so many characters.',
  source: 'GB/T 36344-2018, 规范性：数据标准',
  scope: 'field',
  parameters: [
    parameter('integer', ['least', '至少', 'At least'], { default: 1, minimum: 0 }),
    parameter('integer', ['most', '至多', 'At most'], { minimum: 0 }),
  ],
  weight: 1,
  severity: 'minor',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => {
      const [least, most] = [numberOf(rule, 'least'), numberOf(rule, 'most')]
      return countRows(not({ op: 'length', field: name, ...(least === null ? {} : { least }), ...(most === null ? {} : { most }) }), given(name))
    }, TEXTUAL),
}
