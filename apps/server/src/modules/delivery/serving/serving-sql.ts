import { type FieldSchema, type Filter, type ReadPlan, ROW_COLUMN, type Value } from '@datong/data-engine'
import type { ServingTable } from '../plan/plan.ts'

/** PostgreSQL types of serving columns. */
export function columnType({ type, precision, scale }: FieldSchema): string {
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
  readonly values: unknown[]
}

/**
 * The read of a plan on a serving table. Column names are positions (`c3`), so no name of a field is ever part of SQL.
 * Nulls come last in both directions, `_row` breaks ties.
 */
export function compileRead(table: ServingTable, plan: ReadPlan, schema: ReadonlyMap<string, FieldSchema>): Statement {
  const values: unknown[] = []
  const bind = (value: unknown): string => `$${values.push(value)}`
  const column = (field: string): string => {
    const name = table.columns.get(field)
    if (name === undefined) throw new Error(`the serving table has no column for ${field}`)
    return name
  }
  const condition = (filter: Filter): string => {
    const type = comparedAs(schema.get(filter.field)!) // the schema covers every column of the table
    const name = column(filter.field)
    switch (filter.op) {
      case 'null': return `${name} is null`
      case 'notNull': return `${name} is not null`
      case 'in': return `${name} = any(${bind(filter.values)}::${type}[])`
      case 'contains': return `position(${bind(filter.value)} in ${name}) > 0`
      case 'startsWith': return `starts_with(${name}, ${bind(filter.value)})`
      default: return `${name} ${COMPARISONS[filter.op]} ${bind(filter.value)}::${type}`
    }
  }
  const conditions = (plan.filters ?? []).map(condition)
  if (plan.after !== undefined) conditions.push(beyond(plan, column, bind, schema))
  const order = [...(plan.sort ?? []).map(({ field, descending }) => `${column(field)} ${descending === true ? 'desc' : 'asc'} nulls last`), '_row']
  const text = [
    `select ${plan.columns.map((name) => (name === ROW_COLUMN ? ROW_COLUMN : selected(column(name), schema.get(name)!))).join(', ')}`, // as above
    `from serving.${table.name}`,
    conditions.length > 0 ? `where ${conditions.join(' and ')}` : '',
    `order by ${order.join(', ')}`,
    plan.limit === undefined ? '' : `limit ${bind(plan.limit)}`,
  ].filter((part) => part !== '').join(' ')
  return { text, values }
}

/** Times as text in the engine's form, so that both ways of reading give the same cells. */
const selected = (column: string, { type }: FieldSchema): string =>
  type === 'datetime' ? `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS') as ${column}` : column

/** Rows after the last one: greater in the first differing sort column; null counts as the greatest in both directions. */
function beyond(
  { sort = [], after }: ReadPlan, column: (field: string) => string, bind: (value: unknown) => string, schema: ReadonlyMap<string, FieldSchema>,
): string {
  const { values, row } = after! // only called with one
  const equal = (index: number): string => {
    const { field } = sort[index]!
    const value: Value = values[index] ?? null
    return value === null ? `${column(field)} is null` : `${column(field)} = ${bind(value)}::${comparedAs(schema.get(field)!)}`
  }
  const greater = (index: number): string => {
    const { field, descending } = sort[index]!
    const value: Value = values[index] ?? null
    if (value === null) return 'false'
    return `(${column(field)} ${descending === true ? '<' : '>'} ${bind(value)}::${comparedAs(schema.get(field)!)} or ${column(field)} is null)`
  }
  const alternatives = sort.map((_, index) => [...Array.from({ length: index }, (_, before) => equal(before)), greater(index)].join(' and '))
  alternatives.push([...sort.map((_, index) => equal(index)), `_row > ${bind(row)}`].join(' and '))
  return `(${alternatives.map((one) => `(${one})`).join(' or ')})`
}
