import { type Filter, isLikePattern, MOST_SORTS, type Value } from '@datong/data-engine'
import { AppError, type Issue } from '@datong/kernel'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { parseValue } from '../rows/parse-value.ts'
import { makeFilter, operatorsOf, type RowQuery } from '../rows/row-query.ts'
import { fieldNames } from './names.ts'

/** Arguments of a resource, already of the schema's types. */
export interface PageArguments {
  readonly where?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>> | null
  readonly sort?: readonly { readonly field: string; readonly descending: boolean }[] | null
  readonly limit?: number | null
  readonly cursor?: string | null
}

const MAX_IN_VALUES = 500

/**
 * The query of the row interface that the arguments stand for.
 * @throws AppError `delivery/invalid-query` with every issue
 */
export function pageQuery(plan: DeliveryPlan, { where, sort, limit, cursor }: PageArguments, select: readonly PlanField[], maxRows: number): RowQuery {
  const issues: Issue[] = []
  const names = new Map([...fieldNames(plan)].map(([name, graphName]) => [graphName, name]))
  const filters = Object.entries(where ?? {}).flatMap(([name, condition]) => {
    const field = plan.fields.get(names.get(name) ?? '')
    return field === undefined || condition === null ? [] : filtersOf(field, condition, `/where/${name}`, issues)
  })
  const rows = limit ?? maxRows
  if (rows < 1 || rows > maxRows) issues.push({ pointer: '/limit', code: 'out-of-range', message: `1 至 ${maxRows}` })
  if ((sort?.length ?? 0) > MOST_SORTS) issues.push({ pointer: '/sort', code: 'too-many-values', message: `排序最多 ${MOST_SORTS} 个字段` })
  if (issues.length > 0) throw new AppError('delivery/invalid-query', { code: plan.entryCode }, issues)
  // A row of nothing but relations or `__typename` still has to be found.
  return { select, filters, sort: sort ?? [], limit: rows, cursor: cursor ?? undefined }
}

function filtersOf(field: PlanField, condition: Readonly<Record<string, unknown>>, pointer: string, issues: Issue[]): Filter[] {
  return operatorsOf(field).flatMap((op) => {
    const given = condition[op]
    if (given === undefined || given === null) return []
    const values: Exclude<Value, null>[] = []
    const list = Array.isArray(given) ? given : [given]
    if (list.length > MAX_IN_VALUES) issues.push({ pointer: `${pointer}/${op}`, code: 'too-many-values', message: `值最多 ${MAX_IN_VALUES} 个` })
    else for (const one of list) {
      const parsed = parseValue(String(one), field.schema)
      if (parsed.ok && (op !== 'like' || isLikePattern(String(one)))) values.push(parsed.value)
      else issues.push({ pointer: `${pointer}/${op}`, code: 'wrong-type', message: `“${String(one).slice(0, 40)}”${parsed.ok ? '不是模式' : `不是${parsed.reason}`}` })
    }
    return values.length === list.length ? [makeFilter(field.name, op, values)] : []
  })
}
