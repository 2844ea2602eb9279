import { blank, countRows, given, onField, parameter, textOf, textsOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** A field that must be filled where another says so. */
export const requiredIf: RuleDefinition = {
  id: 'required-if',
  dimension: 'completeness',
  titleZh: '条件必填',
  titleEn: 'Required if',
  aboutZh: '另一字段有值（或为某些值）时，本字段必填。',
  aboutEn: 'Where another field is filled, or has certain values, this one is filled.',
  source: 'GB/T 36344-2018, 完整性：数据元素完整性',
  scope: 'field',
  parameters: [
    parameter('field', ['when', '条件字段', 'Condition field'], { required: true }),
    parameter('texts', ['values', '条件值（空为有值即可）', 'Values (any when empty)'], { default: [] }),
  ],
  weight: 1,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) => {
    const when = textOf(rule, 'when') ?? ''
    const values = textsOf(rule, 'values')
    return onField(rule, subject, ({ name }) =>
      withFields(subject, [when], () => countRows(blank(name), values.length === 0 ? given(when) : { op: 'among', value: { field: when, as: 'text' }, values, folded: true })))
  },
}
