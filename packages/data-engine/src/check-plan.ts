import { AppError, type FieldType, type Issue } from '@datong/kernel'
import type { FieldSchema } from './field.ts'
import { isLikePattern } from './like-pattern.ts'
import type { Value } from './profile.ts'
import { ROW_COLUMN, type Filter, type ReadPlan } from './read-plan.ts'

/** Most values of one `in` and most filters of one plan. */
export const MOST_VALUES = 1000
const MOST_FILTERS = 100
/** Each field that is sorted by makes the condition of the next page longer by all before it. */
export const MOST_SORTS = 20

const DATE = /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const DATETIME = /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/
const INTEGER = /^-?\d{1,16}$/
const DECIMAL = /^-?\d{1,38}(\.\d{1,38})?$/

/** Whether a date in ISO form is one of the calendar: 2023-02-30 is not. */
const inCalendar = (text: string): boolean => {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number)
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

const ACCEPTS: Readonly<Record<FieldType, (value: Value) => boolean>> = {
  text: (value) => typeof value === 'string' && !value.includes('\0'),
  integer: (value) =>
    (typeof value === 'number' || (typeof value === 'string' && INTEGER.test(value))) && Number.isSafeInteger(Number(value)),
  decimal: (value) =>
    typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && DECIMAL.test(value),
  boolean: (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
  date: (value) => typeof value === 'string' && DATE.test(value) && inCalendar(value),
  datetime: (value) => typeof value === 'string' && (DATETIME.test(value) || DATE.test(value)) && inCalendar(value),
}

/** Whether a value can be compared with a field of the type. */
export const isValueOf = (type: FieldType, value: Value): boolean => ACCEPTS[type](value)

/**
 * Holds a plan against the schema: unknown fields, values that are not of the field's type, operators that the type
 * does not have, impossible limits. Every engine calls it first.
 * @throws AppError `data-engine/invalid-plan` with all issues, pointers into the plan
 */
export function checkPlan(plan: ReadPlan, schema: readonly FieldSchema[]): void {
  const types = new Map<string, FieldType>([[ROW_COLUMN, 'integer'], ...schema.map(({ name, type }) => [name, type] as const)])
  const issues: Issue[] = []
  const problem = (pointer: string, code: string, message: string): void => void issues.push({ pointer, code, message })
  const known = (pointer: string, field: string): FieldType | undefined => {
    const type = types.get(field)
    if (!type) problem(pointer, 'unknown-field', `There is no field "${field.slice(0, 100)}".`)
    return type
  }
  if (plan.columns.length === 0) problem('/columns', 'empty', 'At least one column is needed.')
  if (new Set(plan.columns).size < plan.columns.length) problem('/columns', 'repeated', 'A column is named twice.')
  plan.columns.forEach((column, i) => known(`/columns/${i}`, column))
  if ((plan.filters?.length ?? 0) > MOST_FILTERS) problem('/filters', 'too-many', `At most ${MOST_FILTERS} filters.`)
  plan.filters?.forEach((filter, i) => {
    const type = known(`/filters/${i}/field`, filter.field)
    if (type) checkFilter(filter, type, `/filters/${i}`, problem)
  })
  if ((plan.sort?.length ?? 0) > MOST_SORTS) problem('/sort', 'too-many', `At most ${MOST_SORTS} fields.`)
  plan.sort?.forEach((sort, i) => known(`/sort/${i}/field`, sort.field))
  for (const key of ['limit', 'offset'] as const) {
    const value = plan[key]
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) problem(`/${key}`, 'not-a-count', 'Must be a whole number ≥ 0.')
  }
  if (plan.after) checkAfter(plan, types, problem)
  if (issues.length > 0) throw new AppError('data-engine/invalid-plan', { issues: issues.length }, issues)
}

type Problem = (pointer: string, code: string, message: string) => void

function checkFilter(filter: Filter, type: FieldType, at: string, problem: Problem): void {
  if (filter.op === 'in') {
    if (filter.values.length > MOST_VALUES) problem(`${at}/values`, 'too-many', `At most ${MOST_VALUES} values.`)
    filter.values.forEach((value, i) => {
      if (!ACCEPTS[type](value)) problem(`${at}/values/${i}`, 'wrong-type', `Not a value of type ${type}.`)
    })
    return
  }
  if (!('value' in filter)) return
  const onText = filter.op === 'like' || filter.op === 'contains' || filter.op === 'startsWith'
  if (onText && type !== 'text') problem(`${at}/op`, 'wrong-operator', `"${filter.op}" needs a text field.`)
  else if (!ACCEPTS[type](filter.value)) problem(`${at}/value`, 'wrong-type', `Not a value of type ${type}.`)
  else if (filter.op === 'like' && !isLikePattern(filter.value)) problem(`${at}/value`, 'invalid-pattern', 'The pattern ends with an escape, or is too long.')
}

function checkAfter(plan: ReadPlan, types: ReadonlyMap<string, FieldType>, problem: Problem): void {
  const { values, row } = plan.after!
  const sort = plan.sort ?? []
  if (values.length !== sort.length) problem('/after/values', 'wrong-number', 'One value for each sort field.')
  values.forEach((value, i) => {
    const type = types.get(sort[i]?.field ?? '')
    if (type && value !== null && !ACCEPTS[type](value)) problem(`/after/values/${i}`, 'wrong-type', `Not a value of type ${type}.`)
  })
  if (!Number.isSafeInteger(row) || row < 0) problem('/after/row', 'not-a-count', 'Must be a whole number ≥ 0.')
}
