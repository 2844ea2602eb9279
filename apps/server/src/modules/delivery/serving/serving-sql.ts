import { type FieldSchema, type Filter, type ReadPlan, ROW_COLUMN, type Value } from '@datong/data-engine'
import type { FieldType } from '@datong/kernel'
import type { ServingTable } from '../plan/plan.ts'

/** What PostgreSQL's type of a field depends on. */
interface TypedColumn {
  readonly type: FieldType
  readonly precision?: number | undefined
  readonly scale?: number | undefined
}

/** PostgreSQL's type for the values of a field, here and in a consumer's database. */
export function columnType({ type, precision, scale }: TypedColumn): string {
  switch (type) {
    case 'text': return 'text'
    case 'integer': return 'bigint'
    case 'decimal': return precision === undefined ? 'numeric' : `numeric(${precision}, ${scale ?? 0})`
    case 'boolean': return 'boolean'
    case 'date': return 'date'
    case 'datetime': return 'timestamp'
  }
}

/** Numbers are compared with all their digits: cut to the column's, 1.005 would be found as 1.01, and long ones overflow. */
const comparedAs = (schema: FieldSchema): string => (schema.type === 'decimal' ? 'numeric' : columnType(schema))

const COMPARISONS = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=', like: 'like' } as const

/** A statement for `pg`: names and shape in the text, every value bound. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
  /** PostgreSQL's type of each value. */
  readonly types: readonly string[]
}

/**
 * The read of a plan on a serving table. Column names are positions (`c3`), so no name of a field is ever part of SQL.
 * Nulls come last in both directions, `_row` breaks ties.
 */
export function compileRead(table: ServingTable, plan: ReadPlan, schema: ReadonlyMap<string, FieldSchema>): Statement {
  const values: unknown[] = []
  const types: string[] = []
  const bind: Bind = (value, type) => {
    types.push(type)
    return `$${values.push(value)}`
  }
  const column = (field: string): string => columnIn(table, field)
  const conditions = compileFilters(plan.filters ?? [], column, bind, schema)
  if (plan.after !== undefined) conditions.push(beyond(plan, column, bind, schema))
  const order = [...(plan.sort ?? []).map(({ field, descending }) => `${column(field)} ${descending === true ? 'desc' : 'asc'} nulls last`), '_row']
  const text = [
    `select ${plan.columns.map((name) => (name === ROW_COLUMN ? ROW_COLUMN : selected(column(name), schema.get(name)!))).join(', ')}`, // as above
    `from serving.${table.name}`,
    conditions.length > 0 ? `where ${conditions.join(' and ')}` : '',
    `order by ${order.join(', ')}`,
    plan.limit === undefined ? '' : `limit ${bind(plan.limit, 'bigint')}`,
  ].filter((part) => part !== '').join(' ')
  return { text, values, types }
}

type Bind = (value: unknown, type: string) => string

/** Conditions on a serving table, each value bound. */
export const compileConditions = (table: Pick<ServingTable, 'columns' | 'live'>, filters: readonly Filter[], bind: Bind, schema: ReadonlyMap<string, FieldSchema>): string[] =>
  compileFilters(filters, (field) => columnIn(table, field), bind, schema)

/** The state as of which a live table is read; names that no field has. */
const STATE: ReadonlyMap<string, FieldSchema & { readonly column: string }> = new Map(['_from', '_to'].map((column) =>
  [`\0${column}`, { name: `\0${column}`, column, type: 'integer', nullable: false }]))

/** Conditions for rows as of a change; they come first, so that their two values do. */
export const asOf = (change: number): Filter[] => [{ field: '\0_from', op: 'lte', value: change }, { field: '\0_to', op: 'gt', value: change }]

function columnIn(table: Pick<ServingTable, 'columns' | 'live'>, field: string): string {
  const name = table.columns.get(field) ?? (table.live === null ? undefined : STATE.get(field)?.column)
  if (name === undefined) throw new Error(`the serving table has no column for ${field}`)
  return name
}

function compileFilters(filters: readonly Filter[], column: (field: string) => string, bind: Bind, schema: ReadonlyMap<string, FieldSchema>): string[] {
  return filters.map((filter) => {
    const type = comparedAs(schema.get(filter.field) ?? STATE.get(filter.field)!) // the schema covers every other column of the table
    const name = column(filter.field)
    switch (filter.op) {
      case 'null': return `${name} is null`
      case 'notNull': return `${name} is not null`
      case 'in': return `${name} = any(${bind(filter.values, `${type}[]`)}::${type}[])`
      case 'contains': return `position(${bind(filter.value, 'text')} in ${name}) > 0`
      case 'startsWith': return `starts_with(${name}, ${bind(filter.value, 'text')})`
      default: return `${name} ${COMPARISONS[filter.op]} ${bind(filter.value, type)}::${type}`
    }
  })
}

/** The values of conditions in the order in which `compileRead` binds them: what differs between calls of one shape. */
export const valuesOf = (filters: readonly Filter[]): unknown[] =>
  filters.flatMap((filter): unknown[] => ('values' in filter ? [filter.values] : 'value' in filter ? [filter.value] : []))

/**
 * The same read for many calls at once: one array for each value, the limit shared. Rows of the n-th call end with n, in
 * its own order: the limited read inside runs once for each call, one after the other.
 * @returns undefined for a read with an array among its values, without values, or without a limit
 */
export function batchOf({ text, types }: Statement): string | undefined {
  const own = types.slice(0, -1)
  if (own.length === 0 || types.at(-1) !== 'bigint' || !text.endsWith(` limit $${types.length}`) || own.some((type) => type.endsWith('[]'))) return undefined
  const arrays = own.map((type, index) => `$${index + 1}::${type}[]`).join(', ')
  const names = own.map((_, index) => `p${index + 1}`).join(', ')
  // The text holds positions and types only, so what looks like a parameter is one.
  const inner = text.replace(/\$(\d+)/g, (parameter, number: string) => (Number(number) === types.length ? parameter : `q.p${number}`))
  return `select r.*, q.n::int from unnest(${arrays}) with ordinality as q(${names}, n) cross join lateral (${inner}) as r`
}

/** Times as text in the engine's form, so that both ways of reading give the same cells. */
const selected = (column: string, field: FieldSchema): string => (field.type === 'datetime' ? `${shownCell(column, field)} as ${column}` : column)

/** A cell as it is read. */
export const shownCell = (column: string, { type }: Pick<FieldSchema, 'type'>): string => (type === 'datetime' ? `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS')` : column)

/** Rows after the last one: greater in the first differing sort column; null counts as the greatest in both directions. */
function beyond(
  { sort = [], after }: ReadPlan, column: (field: string) => string, bind: Bind, schema: ReadonlyMap<string, FieldSchema>,
): string {
  const { values, row } = after! // only called with one
  const bound = (field: string, value: Value): string => {
    const type = comparedAs(schema.get(field)!) // sort fields are columns
    return `${bind(value, type)}::${type}`
  }
  const equal = (index: number): string => {
    const { field } = sort[index]!
    const value: Value = values[index] ?? null
    return value === null ? `${column(field)} is null` : `${column(field)} = ${bound(field, value)}`
  }
  const greater = (index: number): string => {
    const { field, descending } = sort[index]!
    const value: Value = values[index] ?? null
    if (value === null) return 'false'
    return `(${column(field)} ${descending === true ? '<' : '>'} ${bound(field, value)} or ${column(field)} is null)`
  }
  const alternatives = sort.map((_, index) => [...Array.from({ length: index }, (_, before) => equal(before)), greater(index)].join(' and '))
  alternatives.push([...sort.map((_, index) => equal(index)), `_row > ${bind(row, 'bigint')}`].join(' and '))
  return `(${alternatives.map((one) => `(${one})`).join(' or ')})`
}
