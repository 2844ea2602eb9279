import type { DerivedDefinition } from '@datong/contracts'
import { type Filter, isLikePattern, type Value } from '@datong/data-engine'
import { AppError, type Issue } from '@datong/kernel'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { parseValue } from '../rows/parse-value.ts'
import { makeFilter, operatorsOf } from '../rows/row-query.ts'

/** One input of a derived interface, ready to be read. */
export interface CompiledSource {
  readonly plan: DeliveryPlan
  /** Fields to read: selected ones and those that joins compare. */
  readonly fields: readonly PlanField[]
  readonly filters: readonly Filter[]
  readonly join: { readonly kind: 'inner' | 'left'; readonly on: readonly { readonly field: PlanField; readonly source: number; readonly with: PlanField }[] } | null
}

export interface CompiledDerived {
  readonly sources: readonly CompiledSource[]
  readonly select: readonly { readonly source: number; readonly field: PlanField; readonly as: string }[]
  readonly limit: number
}

/** A condition whose values come from the call; without them when the definition alone is checked. */
export type Given = Readonly<Record<string, unknown>> | null

const MAX_IN_VALUES = 500

/**
 * Holds a definition against the plans of its inputs: what a plan does not deliver cannot be selected, compared or joined
 * by, and a masked field can be looked up by a known value at most. Made anew for each call, since plans change.
 * @param given the call's parameters; null checks the definition alone
 * @throws AppError `delivery/invalid-query` with every issue
 */
export function compileDerived(definition: DerivedDefinition, plans: readonly DeliveryPlan[], given: Given): CompiledDerived {
  const issues: Issue[] = []
  const problem = (pointer: string, code: string, message: string): void => void issues.push({ pointer, code, message })
  const fieldOf = (source: number, name: string, pointer: string): PlanField | undefined => {
    const field = plans[source]?.fields.get(name)
    if (field === undefined) problem(pointer, 'unknown-field', `没有字段“${name.slice(0, 80)}”`)
    return field
  }
  const openFieldOf = (source: number, name: string, pointer: string): PlanField | undefined => {
    const field = fieldOf(source, name, pointer)
    if (field?.mask != null) problem(pointer, 'masked-field', `脱敏字段“${name}”不能用于关联`)
    return field?.mask === null ? field : undefined
  }

  if (new Set(definition.sources.map(({ entryCode }) => entryCode)).size < definition.sources.length) problem('/definition/sources', 'repeated', '每个资源只能用一次')
  const joins = definition.sources.map(({ join }, index) => {
    const pointer = `/definition/sources/${index}/join`
    if ((join === undefined) !== (index === 0)) problem(pointer, index === 0 ? 'not-allowed' : 'missing', '除第一个外，每个资源都须关联到前面的资源')
    if (join === undefined) return null
    const on = join.on.flatMap((pair, place) => {
      if (pair.source >= index) problem(`${pointer}/on/${place}/source`, 'not-earlier', '只能关联到前面的资源')
      const field = openFieldOf(index, pair.field, `${pointer}/on/${place}/field`)
      const other = openFieldOf(pair.source, pair.with, `${pointer}/on/${place}/with`)
      if (field !== undefined && other !== undefined && field.schema.type !== other.schema.type) problem(`${pointer}/on/${place}`, 'wrong-type', '关联字段的类型须相同')
      return field === undefined || other === undefined ? [] : [{ field, source: pair.source, with: other }]
    })
    return { kind: join.kind, on }
  })
  const select = definition.select.flatMap(({ source, field: name, as = name }, index) => {
    const field = fieldOf(source, name, `/definition/select/${index}`)
    return field === undefined ? [] : [{ source, field, as }]
  })
  if (new Set(select.map(({ as }) => as)).size < select.length) problem('/definition/select', 'repeated', '输出名称重复，请用 as 命名')
  const filters = filtersOf(definition, plans, given, problem)
  if (issues.length > 0) throw new AppError('delivery/invalid-query', {}, issues)

  const sources = plans.map((plan, index): CompiledSource => {
    const used = new Set([
      ...select.filter(({ source }) => source === index).map(({ field }) => field),
      ...joins.flatMap((join, at) => (join?.on ?? []).flatMap((pair) => [...(at === index ? [pair.field] : []), ...(pair.source === index ? [pair.with] : [])])),
    ])
    return { plan, fields: [...plan.fields.values()].filter((field) => used.has(field)), filters: filters.get(index) ?? [], join: joins[index] ?? null }
  })
  return { sources, select, limit: definition.limit }
}

function filtersOf(definition: DerivedDefinition, plans: readonly DeliveryPlan[], given: Given, problem: (pointer: string, code: string, message: string) => void): Map<number, Filter[]> {
  const filters = new Map<number, Filter[]>()
  const parameters = new Map(definition.parameters.map((one) => [one.name, one]))
  if (parameters.size < definition.parameters.length) problem('/definition/parameters', 'repeated', '参数名称重复')
  if (given !== null) {
    for (const name of Object.keys(given)) if (!parameters.has(name)) problem(`/query/${name}`, 'unknown', `没有参数“${name.slice(0, 80)}”`)
    for (const { name, required } of parameters.values()) if (required && typeof given[name] !== 'string') problem(`/query/${name}`, 'required', `缺少参数“${name}”`)
  }
  for (const [index, { source, field: name, op, value, parameter }] of definition.filters.entries()) {
    const pointer = `/definition/filters/${index}`
    const field = plans[source]?.fields.get(name)
    if (field === undefined) problem(pointer, 'unknown-field', `没有字段“${name.slice(0, 80)}”`)
    else if (!operatorsOf(field).includes(op)) problem(pointer, 'operator-not-allowed', `字段“${name}”不支持 ${op}`)
    if ((value === undefined) === (parameter === undefined)) problem(pointer, 'one-of', '须给出 value 或 parameter 之一')
    if (parameter !== undefined && !parameters.has(parameter)) problem(`${pointer}/parameter`, 'unknown', `没有参数“${parameter}”`)
    const called = parameter === undefined ? undefined : given?.[parameter]
    const text = value ?? (typeof called === 'string' ? called : undefined)
    if (field === undefined || text === undefined) continue
    const values = valuesOf(field, op, text, parameter === undefined ? `${pointer}/value` : `/query/${parameter}`, problem)
    if (values !== undefined && operatorsOf(field).includes(op)) filters.set(source, [...(filters.get(source) ?? []), makeFilter(name, op, values)])
  }
  return filters
}

function valuesOf(field: PlanField, op: string, text: string, pointer: string, problem: (pointer: string, code: string, message: string) => void): Exclude<Value, null>[] | undefined {
  const texts = op === 'in' ? text.split(',') : [text]
  if (texts.length > MAX_IN_VALUES) return void problem(pointer, 'too-many-values', `值最多 ${MAX_IN_VALUES} 个`)
  if (op === 'like' && !isLikePattern(text)) return void problem(pointer, 'invalid-pattern', '模式不能以转义符“\\”结尾，也不能超过 1000 个字符')
  const values: Exclude<Value, null>[] = []
  for (const one of texts) {
    const parsed = parseValue(one, field.schema)
    if (!parsed.ok) return void problem(pointer, 'wrong-type', `“${one.slice(0, 40)}”不是${parsed.reason}`)
    values.push(parsed.value)
  }
  return values
}
