import type { Condition, Operand } from '@datong/data-engine'
import { spansOf } from '../codes.ts'
import { all, any, compare, countRows, given, not, nothing, onField, parameter, schemaOf, textOf, TEXTUAL } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const COUNTY_DIGITS = 6

/** Division codes that were valid on a day: of the row, or given, or today. Codes of towns and villages are held by their county. */
export const divisionValid: RuleDefinition = {
  id: 'division-valid',
  dimension: 'normativity',
  titleZh: '区划代码有效',
  titleEn: 'Division code valid on its day',
  aboutZh: '行政区划代码在记录的日期（或指定日期）有效。',
  aboutEn: 'Division codes were valid on the day of the record, or on a given day.',
  source: 'GB/T 2260',
  scope: 'field',
  parameters: [
    parameter('code-list', ['codeList', '区划代码集', 'List of divisions'], { required: true, default: 'divisions' }),
    parameter('field', ['dateField', '以哪个字段的日期为准', 'Field that tells the day']),
    parameter('date', ['day', '以哪一天为准（空为当天）', 'On which day (today when empty)']),
  ],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) => {
    const versions = spansOf(subject.codeLists.get(textOf(rule, 'codeList') ?? '') ?? [])
    const [first] = versions
    if (first === undefined) return nothing('unknown-code-list')
    const dateField = textOf(rule, 'dateField')
    return onField(rule, subject, ({ name }) => {
      const code: Operand = { field: name, as: 'text', first: COUNTY_DIGITS }
      const inForce = versions.map(({ from, until, codes, partial }) => {
        const held: Condition = { op: 'among', value: code, values: codes.map((one) => one.code) }
        return { from, until, partial: partial === true, held }
      })
      if (dateField === null) {
        const day = textOf(rule, 'day') ?? subject.today
        const now = inForce.findLast(({ from }) => from <= day) ?? inForce[0]!
        return now.partial ? countRows(any(), given(name), not(now.held)) : countRows(not(now.held), given(name))
      }
      if (schemaOf(subject, dateField) === undefined) return nothing('field-missing')
      const day: Operand = { field: dateField, as: 'date' }
      const valid = any(...inForce.map(({ from, until, held }, index) =>
        all(...(index === 0 ? [] : [compare(day, 'gte', { value: from, as: 'date' })]), ...(until === null ? [] : [compare(day, 'lt', { value: until, as: 'date' })]), held)))
      const known = all(given(name), { op: 'reads', field: dateField, as: 'date' })
      // Of the time before the first list that there is, nothing is known for sure.
      const old = any(compare(day, 'lt', { value: first.from, as: 'date' }), ...(inForce.some(({ partial }) => partial) ? [all()] : []))
      return countRows(all(not(valid), not(old)), known, all(not(valid), old))
    }, TEXTUAL)
  },
}
