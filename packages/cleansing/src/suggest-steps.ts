import { detectColumn } from '@datong/recognizers'
import { checkRecipe } from './compile-recipe.ts'
import { runRecipe, type TextRow } from './run-recipe.ts'
import type { Step } from './step.ts'
import type { CleansingTools } from './step-definition.ts'
import type { StepCounts } from './tally.ts'
import { type MoneyUnit, readAmount } from './text/read-amount.ts'
import { type DayReading, readDay } from './text/read-day.ts'
import { trimText } from './text/spaces.ts'
import { toHalfWidth } from './text/width.ts'

/** A step that would change something, and what. */
export interface SuggestedStep {
  readonly step: Step
  readonly counts: StepCounts
}

/** Different values of a column that are looked at. */
const MOST_VALUES = 1_000
/** Share of values that must be readable for a column to be taken for one of dates or amounts. */
const READABLE = 0.8
const SURE = 0.8
const PLACEHOLDERS = ['无', '不详', '未知', '暂无', '空', '/', '-', '--', '—', '——', 'null', 'none', 'n/a']
const STANDARD_FORMS = ['unified-credit-code', 'phone', 'plate', 'email'] as const
const TOTALS = ['合计', '总计', '小计', '总计：', '合计：']
const WESTERN: DayReading = { era: 'western', order: 'ymd', serial: false, time: true }

/**
 * Steps that the rows call for, in the order in which they would run; none that would change nothing. Suggestions for a person, who
 * knows what the fields mean.
 */
export async function suggestSteps(names: readonly string[], rows: readonly TextRow[], tools: CleansingTools): Promise<SuggestedStep[]> {
  const candidates: Step[] = [
    { kind: 'trim', fields: [], inner: 'keep' },
    { kind: 'width', fields: [], what: 'letters-digits' },
    { kind: 'blank-words', fields: [], words: PLACEHOLDERS },
    ...names.flatMap((name, at) => forColumn(name, valuesOf(rows, at))),
    ...totalsIn(names, rows),
    { kind: 'dedupe', fields: [], keep: 'first', by: '' },
  ]
  const recipe = checkRecipe(candidates, names, tools)
  if (!('steps' in recipe)) return []
  const { steps } = await runRecipe(recipe, () => [rows], { keep: () => undefined, refuse: () => undefined })
  return candidates.flatMap((step, at) => {
    const counts = steps[at]
    if (counts === undefined || counts.rowsChanged + counts.rowsDropped === 0) return []
    return [{ step: narrowed(step, counts), counts }]
  })
}

/** A step over all fields that changes only some is suggested for these. */
const narrowed = (step: Step, { cells }: StepCounts): Step =>
  step.kind === 'trim' || step.kind === 'width' || step.kind === 'blank-words' ? { ...step, fields: Object.keys(cells) } : step

/** Different values of a column as the first steps leave them. */
function valuesOf(rows: readonly TextRow[], at: number): string[] {
  const values = new Set<string>()
  for (const { cells } of rows) {
    const text = toHalfWidth(trimText(cells[at] ?? '', 'keep'), 'letters-digits')
    if (text !== '' && !PLACEHOLDERS.includes(text.toLowerCase())) values.add(text)
    if (values.size >= MOST_VALUES) break
  }
  return [...values]
}

function forColumn(name: string, values: readonly string[]): Step[] {
  if (values.length === 0) return []
  const [found] = detectColumn(name, 'text', values)
  if (found !== undefined && found.confidence >= SURE) {
    if (found.recognizer === 'citizen-number') return [{ kind: 'citizen-number', fields: [name], misfit: 'keep' }]
    const as = STANDARD_FORMS.find((form) => form === found.recognizer)
    if (as !== undefined) return [{ kind: 'standard-form', fields: [name], as, misfit: 'keep' }]
  }
  return asDays(name, values) ?? asAmounts(name, values) ?? []
}

const shareOf = (values: readonly string[], readable: (text: string) => boolean): number => values.filter(readable).length / values.length
/** What stands between a date's parts, and how long its year is. */
const shapeOf = (text: string): string => text.replace(/\d+/g, (digits) => (digits.length > 2 ? String(digits.length) : '0'))

/** Dates that are written in more than one way; one way alone is read without help. */
function asDays(name: string, values: readonly string[]): Step[] | null {
  const bare = values.every((text) => /^\d+$/.test(text))
  if (bare && !/日期|时间|年月|date|rq$/i.test(name)) return null
  const western = shareOf(values, (text) => readDay(text, WESTERN) !== null)
  const roc = shareOf(values, (text) => readDay(text, { ...WESTERN, era: 'roc' }) !== null)
  const era = roc > western ? 'roc' : 'western'
  if (Math.max(western, roc) < READABLE || new Set(values.map(shapeOf)).size < 2) return null
  const time = values.some((text) => (readDay(text, { ...WESTERN, era }) ?? '').length > 10)
  return [{ kind: 'day', fields: [name], era, order: 'ymd', serial: false, time, misfit: 'keep' }]
}

/** Amounts of which some have a unit written to them. */
function asAmounts(name: string, values: readonly string[]): Step[] | null {
  const unit: MoneyUnit = /万元/.test(name) ? '万元' : /亿元/.test(name) ? '亿元' : '元'
  const written = values.some((text) => /[万亿元圆角分¥￥整]/.test(text))
  return written && shareOf(values, (text) => readAmount(text, unit) !== null) >= READABLE ? [{ kind: 'amount', fields: [name], unless: unit, unit, misfit: 'keep' }] : null
}

/** Rows of totals, which people put under tables. */
function totalsIn(names: readonly string[], rows: readonly TextRow[]): Step[] {
  const [field] = names
  const value = TOTALS.find((total) => rows.some(({ cells }) => trimText(cells[0] ?? '', 'none') === total))
  return field === undefined || value === undefined ? [] : [{ kind: 'remove-rows', field, when: 'equals', value }]
}
