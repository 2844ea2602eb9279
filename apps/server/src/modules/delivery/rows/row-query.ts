import { type Filter, isLikePattern, MOST_SORTS, type Value } from '@datong/data-engine'
import { AppError, type Issue } from '@datong/kernel'
import { allFields, type DeliveryPlan, type PlanField } from '../plan/plan.ts'
import { parseValue } from './parse-value.ts'

/** A call's question, checked against the plan. */
export interface RowQuery {
  readonly select: readonly PlanField[]
  readonly filters: readonly Filter[]
  readonly sort: readonly { readonly field: string; readonly descending: boolean }[]
  readonly limit: number
  readonly cursor: string | undefined
  /** The change as of which a live table is read; the newest one when left out. */
  readonly state?: number | null
}

/** Conditions of the row interface: `?field.gte=`; without a suffix `eq`. */
export const OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'like'] as const
export type Operator = (typeof OPERATORS)[number]

const RESERVED = new Set(['select', 'sort', 'limit', 'cursor'])
const DEFAULT_LIMIT = 20
const MAX_IN_VALUES = 500
const MAX_CONDITIONS = 50

/**
 * A masked field that identifies can be looked up by a whole value that one already has, one at a time, its misses counted;
 * any other use would tell what the mask hides.
 */
const OPERATORS_OF_MASKED: readonly Operator[] = ['eq']

export function operatorsOf(field: PlanField): readonly Operator[] {
  if (field.mask !== null) return field.lookUp ? OPERATORS_OF_MASKED : []
  return field.schema.type === 'text' ? OPERATORS : OPERATORS.filter((op) => op !== 'like')
}

/**
 * Reads `?field=`, `?field.gte=`, `select`, `sort`, `limit`, `cursor`. A field outside the plan is unknown, whether the
 * entry has it or not.
 * @throws AppError `delivery/invalid-query` with every issue
 */
export function parseRowQuery(search: Readonly<Record<string, unknown>>, plan: DeliveryPlan): RowQuery {
  const issues: Issue[] = []
  const select = parseSelect(textOf(search['select']), plan, issues) ?? allFields(plan)
  const sort = parseSort(textOf(search['sort']), plan, issues)
  const filters = parseFilters(search, plan, issues)
  if (issues.length > 0) throw new AppError('delivery/invalid-query', { code: plan.entryCode }, issues)
  const limit = search['limit']
  return { select, sort, filters, limit: typeof limit === 'number' ? limit : DEFAULT_LIMIT, cursor: textOf(search['cursor']) }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const unknownField = (pointer: string, name: string): Issue => ({ pointer, code: 'unknown-field', message: `没有字段“${name.slice(0, 80)}”` })

function parseSelect(text: string | undefined, plan: DeliveryPlan, issues: Issue[]): PlanField[] | undefined {
  if (text === undefined) return undefined
  const selected: PlanField[] = []
  for (const name of new Set(text.split(',').map((part) => part.trim()))) {
    const field = plan.fields.get(name)
    if (field === undefined) issues.push(unknownField('/select', name))
    else selected.push(field)
  }
  return selected
}

function parseSort(text: string | undefined, plan: DeliveryPlan, issues: Issue[]): RowQuery['sort'] {
  if (text === undefined) return []
  const parts = text.split(',')
  if (parts.length > MOST_SORTS) issues.push({ pointer: '/sort', code: 'too-many-values', message: `排序最多 ${MOST_SORTS} 个字段` })
  return parts.flatMap((part) => {
    const descending = part.startsWith('-')
    const name = part.replace(/^-/, '').trim()
    const field = plan.fields.get(name)
    if (field === undefined) issues.push(unknownField('/sort', name))
    else if (field.mask !== null) issues.push({ pointer: '/sort', code: 'masked-field', message: `脱敏字段“${name}”不能排序` })
    else return [{ field: name, descending }]
    return []
  })
}

function parseFilters(search: Readonly<Record<string, unknown>>, plan: DeliveryPlan, issues: Issue[]): Filter[] {
  const conditions = Object.entries(search).filter(([key]) => !RESERVED.has(key)).flatMap(([key, given]) => (Array.isArray(given) ? given : [given]).map((value) => [key, String(value)] as const))
  if (conditions.length > MAX_CONDITIONS) {
    issues.push({ pointer: '', code: 'too-many-conditions', message: `条件最多 ${MAX_CONDITIONS} 个` })
    return []
  }
  return conditions.flatMap(([key, value]) => parseFilter(key, value, plan, issues))
}

function parseFilter(key: string, text: string, plan: DeliveryPlan, issues: Issue[]): Filter[] {
  const { field, op } = target(key, plan)
  const pointer = `/${key}`
  if (field === undefined) {
    issues.push(unknownField(pointer, key))
    return []
  }
  if (!operatorsOf(field).includes(op)) {
    issues.push({ pointer, code: 'operator-not-allowed', message: `字段“${field.name}”不支持 ${op}` })
    return []
  }
  const texts = op === 'in' ? text.split(',') : [text]
  if (texts.length > MAX_IN_VALUES) {
    issues.push({ pointer, code: 'too-many-values', message: `值最多 ${MAX_IN_VALUES} 个` })
    return []
  }
  if (op === 'like' && !isLikePattern(text)) {
    issues.push({ pointer, code: 'invalid-pattern', message: '模式不能以转义符“\\”结尾，也不能超过 1000 个字符' })
    return []
  }
  const values: Exclude<Value, null>[] = []
  for (const one of texts) {
    const parsed = parseValue(one, field.schema)
    if (parsed.ok) values.push(parsed.value)
    else issues.push({ pointer, code: 'wrong-type', message: `“${one.slice(0, 40)}”不是${parsed.reason}` })
  }
  if (values.length !== texts.length) return []
  return [makeFilter(field.name, op, values)]
}

/** `name.op`, where the name itself may hold dots: the whole key is tried first. */
function target(key: string, plan: DeliveryPlan): { field: PlanField | undefined; op: Operator } {
  const whole = plan.fields.get(key)
  if (whole !== undefined) return { field: whole, op: 'eq' }
  const dot = key.lastIndexOf('.')
  const op = OPERATORS.find((operator) => operator === key.slice(dot + 1))
  return { field: op === undefined || dot < 1 ? undefined : plan.fields.get(key.slice(0, dot)), op: op ?? 'eq' }
}

/** A condition of the engine's form; all operators but `in` take the first value. */
export function makeFilter(field: string, op: Operator, values: readonly Exclude<Value, null>[]): Filter {
  if (op === 'in') return { field, op, values }
  const value = values[0]!
  return op === 'like' ? { field, op, value: String(value) } : { field, op, value }
}
