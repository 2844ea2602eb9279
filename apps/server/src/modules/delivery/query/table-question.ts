import type { Filter, Value } from '@datong/data-engine'
import { AppError, type Issue } from '@datong/kernel'
import type { PlanField } from '../plan/plan.ts'
import { parseValue } from '../rows/parse-value.ts'
import { makeFilter, type Operator } from '../rows/row-query.ts'
import { columnOf, conditionsOf, ID_COLUMN, type OpenTable, rowsOf } from './open-table.ts'

/** A question about one resource, as callers put it; checked against the plan here. */
export interface TableQuestion {
  /** Names, in order; null for all. `_id` counts the rows from 1. */
  readonly fields: readonly string[] | null
  readonly conditions: readonly { readonly field: string; readonly op: Exclude<Operator, 'like' | 'ne'>; /** null asks for what is empty. */ readonly values: readonly (string | null)[] }[]
  /** Words that must all stand in some field of a row, without regard to case. */
  readonly words: readonly string[]
  /** Words that must stand in the field. */
  readonly fieldWords: readonly { readonly field: string; readonly word: string }[]
  readonly sort: readonly { readonly field: string; readonly descending: boolean; readonly nulls?: 'first' | 'last' | undefined }[]
  readonly limit: number
  readonly offset: number
  readonly distinct: boolean
  readonly total: boolean
}

export interface TableColumn {
  readonly name: string
  /** Null for `_id`. */
  readonly field: PlanField | null
}

export interface CompiledTableQuestion {
  readonly text: string
  /** Counts what the question finds; null when nobody asks or everything is found. */
  readonly count: string | null
  /** Of both texts; limit and offset, which counting has not, come last. */
  readonly values: readonly unknown[]
  readonly columns: readonly TableColumn[]
  /** Fields that conditions compare, with their operators; for evidence. */
  readonly conditions: readonly string[]
}

/**
 * The SQL of a question on the serving table. What a mask hides is selected at most: it cannot be compared, searched, sorted by or told
 * apart, since that would tell what the mask hides.
 * @throws AppError `delivery/invalid-query` with every issue; pointers `/fields`, `/filters`, `/q`, `/sort`, `/distinct`
 */
export function compileTableQuestion(table: OpenTable, question: TableQuestion): CompiledTableQuestion {
  const issues: Issue[] = []
  const plain = new Map(table.plain.map((field) => [field.name, field]))
  const values: unknown[] = []
  const bind = (value: unknown): string => `$${values.push(value)}`
  const problem = (pointer: string, name: string): void => void issues.push({ pointer, code: 'invalid-value', message: name })

  const columns = [...new Set(question.fields ?? [ID_COLUMN, ...table.plan.fields.keys()])].flatMap((name): TableColumn[] => {
    const field = table.plan.fields.get(name)
    if (field === undefined && name !== ID_COLUMN) problem('/fields', name)
    return field === undefined && name !== ID_COLUMN ? [] : [{ name, field: field ?? null }]
  })
  if (columns.length === 0) problem('/fields', '')
  if (question.distinct) for (const { name, field } of columns) if (field !== null && field.mask !== null) problem('/distinct', name)

  const { from, conditions } = rowsOf(table, bind)
  const filters = question.conditions.flatMap((condition) => filtersOf(condition, plain, problem))
  conditions.push(...filters.map((one) => ('row' in one ? `_row ${one.row} (${bind(one.values)}::bigint[])` : conditionsOf([one], table, bind).join(''))))
  if (question.words.length > 0) {
    const everything = `lower(concat_ws(' ', ${table.plain.map(({ name }) => columnOf(table, name)).join(', ')}))`
    for (const word of question.words) conditions.push(table.plain.length === 0 ? 'false' : `position(lower(${bind(word)}::text) in ${everything}) > 0`)
  }
  for (const { field: name, word } of question.fieldWords) {
    const field = plain.get(name)
    if (field === undefined) problem('/q', name)
    else conditions.push(`position(lower(${bind(word)}::text) in lower(${columnOf(table, name)}::text)) > 0`)
  }
  const order = question.sort.flatMap(({ field: name, descending, nulls }) => {
    if (name !== ID_COLUMN && !plain.has(name)) problem('/sort', name)
    if (question.distinct && !columns.some((column) => column.name === name)) problem('/sort', name)
    if (issues.length > 0) return []
    return [`${name === ID_COLUMN ? '_row' : columnOf(table, name)}${descending ? ' desc' : ''}${nulls === undefined ? '' : ` nulls ${nulls}`}`]
  })
  if (issues.length > 0) throw new AppError('delivery/invalid-query', { code: table.plan.entryCode }, issues)

  if (!question.distinct) order.push('_row')
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''
  const selected = columns.map(({ field }) => selectedAs(table, field)).join(', ')
  const everyRow = conditions.length === 0 && !question.distinct
  const text = `select ${question.distinct ? 'distinct ' : ''}${selected} from ${from}${where}${order.length > 0 && !question.distinct ? ` order by ${order.join(', ')}` : ''}`
  const ordered = question.distinct && order.length > 0 ? orderedDistinct(text, columns, question.sort) : text
  return {
    text: `${ordered} limit ${bind(question.limit)}::bigint offset ${bind(question.offset)}::bigint`,
    count: !question.total || everyRow ? null : question.distinct ? `select count(*) from (${text}) as found` : `select count(*) from ${from}${where}`,
    values,
    columns,
    conditions: [
      ...question.conditions.map(({ field, op }) => `${field} ${op}`), ...question.fieldWords.map(({ field }) => `${field} contains`),
      ...(question.words.length > 0 ? ['* contains'] : []),
    ],
  }
}

/** DISTINCT is ordered by places of its columns, since it knows no others. */
function orderedDistinct(text: string, columns: readonly TableColumn[], sort: TableQuestion['sort']): string {
  const order = sort.map(({ field, descending, nulls }) => `${columns.findIndex(({ name }) => name === field) + 1}${descending ? ' desc' : ''}${nulls === undefined ? '' : ` nulls ${nulls}`}`)
  return `${text} order by ${order.join(', ')}`
}

/** Times in ISO form, and `_id` from 1. */
function selectedAs(table: OpenTable, field: PlanField | null): string {
  if (field === null) return '_row + 1'
  const column = columnOf(table, field.name)
  return field.schema.type === 'datetime' ? `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS')` : column
}

interface RowFilter {
  readonly row: string
  readonly values: readonly number[]
}

const ROW_OPERATORS = { eq: '= any', in: '= any', gt: '> all', gte: '>= all', lt: '< all', lte: '<= all' } as const
const MOST_VALUES = 1_000

function filtersOf({ field: name, op, values }: TableQuestion['conditions'][number], plain: ReadonlyMap<string, PlanField>, problem: (pointer: string, name: string) => void): (Filter | RowFilter)[] {
  if (values.length === 0 || values.length > MOST_VALUES) return refused()
  if (name === ID_COLUMN) {
    const rows = values.map((value) => (value !== null && /^-?\d{1,15}$/.test(value) ? Number(value) - 1 : Number.NaN))
    return rows.some(Number.isNaN) ? refused() : [{ row: ROW_OPERATORS[op], values: rows }]
  }
  const field = plain.get(name)
  if (field === undefined) return refused()
  if (values.includes(null)) return values.length === 1 ? [{ field: name, op: 'null' }] : refused()
  const parsed = values.map((value) => parseValue(value ?? '', field.schema))
  const read = parsed.flatMap((one): Exclude<Value, null>[] => (one.ok ? [one.value] : []))
  return read.length < parsed.length ? refused() : [makeFilter(name, op, read)]

  function refused(): [] {
    problem('/filters', name)
    return []
  }
}
