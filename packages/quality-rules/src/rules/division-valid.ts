import type { Condition, Operand } from '@datong/data-engine'
import { spansOf } from '../codes.ts'
import { all, any, compare, countRows, given, not, nothing, onField, parameter, schemaOf, textOf, TEXTUAL } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const COUNTY_DIGITS = 6
const DAY_MS = 86_400_000
/** Lists that lie further apart are snapshots: what only the later one has came into being on some day between. */
const MOST_DAYS_APART = 366

/** Codes in force over a stretch of time, and those that may have been already. */
interface Stretch {
  readonly from: string
  readonly until: string | null
  readonly held: Condition
  readonly perhaps: Condition
}

/**
 * Division codes that were valid on a day: of the row, or given, or today. Codes of towns and villages are held by their county. In doubt is
 * what nobody can know: days before the first list, codes behind those of a list that holds only a part, and codes that are only in the
 * next list when years lie between both.
 */
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
      const stretches = versions.map((version, index) => stretchOf(name, version, versions[index + 1]))
      if (dateField === null) {
        const day = textOf(rule, 'day') ?? subject.today
        if (day < first.from) return countRows(any(), given(name), not(stretches[0]!.held)) // there is a first
        const { held, perhaps } = stretches.findLast(({ from }) => from <= day)! // the first one is earlier
        return countRows(all(not(held), not(perhaps)), given(name), all(not(held), perhaps))
      }
      if (schemaOf(subject, dateField) === undefined) return nothing('field-missing')
      const day: Operand = { field: dateField, as: 'date' }
      const within = ({ from, until }: Stretch, condition: Condition): Condition => all(
        compare(day, 'gte', { value: from, as: 'date' }), ...(until === null ? [] : [compare(day, 'lt', { value: until, as: 'date' })]), condition)
      const before = compare(day, 'lt', { value: first.from, as: 'date' })
      const valid = any(all(before, stretches[0]!.held), ...stretches.map((stretch) => within(stretch, stretch.held)))
      const perhaps = any(before, ...stretches.map((stretch) => within(stretch, stretch.perhaps)))
      return countRows(all(not(valid), not(perhaps)), all(given(name), { op: 'reads', field: dateField, as: 'date' }), all(not(valid), perhaps))
    }, TEXTUAL)
  },
}

function stretchOf(field: string, { from, until, codes, partial }: Span, next: Span | undefined): Stretch {
  const among = (list: readonly { readonly code: string }[]): Condition => ({ op: 'among', value: { field, as: 'text', first: COUNTY_DIGITS }, values: list.map(({ code }) => code) })
  const isSnapshot = next !== undefined && Date.parse(next.from) - Date.parse(from) > MOST_DAYS_APART * DAY_MS
  return { from, until, held: among(codes), perhaps: partial === true ? all() : isSnapshot ? among(next.codes) : any() }
}

type Span = ReturnType<typeof spansOf>[number]
