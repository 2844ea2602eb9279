import type { Condition } from '@datong/data-engine'
import { all, countRows, given, not, numberOf, onField, parameter, textOf } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** Numbers with so many digits and no unit written behind them; the declared unit behind a number is a doubt, another one a fault. */
export const precisionAndUnit: RuleDefinition = {
  id: 'precision-and-unit',
  dimension: 'normativity',
  titleZh: '精度与计量单位',
  titleEn: 'Precision and unit',
  aboutZh: '数值不超过约定的位数和小数位，计量单位统一写在表头而不写在值里。',
  aboutEn: 'Numbers keep to their digits; the unit stands in the heading and not in the value.',
  source: 'GB/T 36344-2018, 规范性：数据标准；GB 3101',
  scope: 'field',
  parameters: [
    parameter('integer', ['precision', '总位数', 'Digits'], { required: true, default: 18, minimum: 1, maximum: 38 }),
    parameter('integer', ['scale', '小数位', 'Digits after the point'], { required: true, default: 2, minimum: 0, maximum: 38 }),
    parameter('text', ['unit', '计量单位', 'Unit']),
  ],
  weight: 1,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => {
      const fits: Condition = { op: 'digits', field: name, precision: numberOf(rule, 'precision') ?? 38, scale: numberOf(rule, 'scale') ?? 38 }
      const unit = textOf(rule, 'unit')
      if (unit === null) return countRows(not(fits), given(name))
      const written: Condition = { op: 'matches', field: name, pattern: `\\s*[+-]?[0-9][0-9,]*(\\.[0-9]+)?\\s*${escapePattern(unit)}\\s*` }
      return countRows(all(not(fits), not(written)), given(name), all(not(fits), written))
    }, ['text', 'integer', 'decimal']),
}
