import { type FieldSchema, type ReadPlan, ROW_COLUMN, type Value } from '@datong/data-engine'
import { allFields, type DeliveryPlan, type PlanField } from '../plan/plan.ts'
import { type ReadShape, readShape } from '../serving/read-batches.ts'
import { asOf, compileRead } from '../serving/serving-sql.ts'
import type { RowQuery } from './row-query.ts'

/** What all calls of a plan with the same fields, conditions and order have in common; made once. */
export interface RowShape {
  /** Read, in this order: the row number, the selected fields, then those that are only sorted by. */
  readonly columns: readonly string[]
  /** The sort fields' cells unmasked, as the engine gives them: what cursors are made of. */
  readonly sorted: readonly SortedCell[]
  /** How cells read from the engine leave. */
  readonly columnsOut: readonly ColumnOut[]
  /** How cells read from the serving table leave. */
  readonly storedOut: readonly ColumnOut[]
  /** The read of a first page on the serving table; null when the engine reads this shape better. */
  readonly stored: ReadShape | null
}

/** One column on its way out. */
export interface ColumnOut {
  /** Where its cell stands among those that were read. */
  readonly place: number
  /** Mask and conversion; null when the cell leaves as it is. */
  readonly change: ((cell: Value) => Value) | null
  /** What stands before the cell in a JSON object: `{"name":` or `,"name":`. */
  readonly jsonKey: string
}

interface SortedCell {
  readonly place: number
  readonly fromStored: ((cell: Value) => Value) | null
}

/** A table of this many rows is scanned by PostgreSQL faster than the engine opens its files. */
const SMALL_TABLE_ROWS = 20_000
/** Callers choose fields and conditions; beyond so many shapes of one plan all are made anew. */
const MAX_SHAPES = 500

const shapes = new WeakMap<DeliveryPlan, Map<string, RowShape>>()

/** The shape of a query, from memory when the plan has seen one like it. */
export function rowShape(plan: DeliveryPlan, query: RowQuery): RowShape {
  let ofPlan = shapes.get(plan)
  if (ofPlan === undefined) shapes.set(plan, ofPlan = new Map())
  const key = keyOf(plan, query)
  let shape = ofPlan.get(key)
  if (shape === undefined) {
    if (ofPlan.size >= MAX_SHAPES) ofPlan.clear()
    ofPlan.set(key, shape = makeShape(plan, query))
  }
  return shape
}

/** No name holds the control characters between the parts: names are those of the plan. */
function keyOf(plan: DeliveryPlan, { select, filters, sort }: RowQuery): string {
  let key = ''
  for (const { field, op } of filters) key += `${field}\u0001${op}\u0002`
  if (sort.length > 0) key += `\u0003${sort.map(({ field, descending }) => `${field}\u0001${descending ? 'd' : 'a'}`).join('\u0002')}`
  return select === allFields(plan) ? key : `${key}\u0004${select.map(({ name }) => name).join('\u0002')}`
}

function makeShape(plan: DeliveryPlan, { select, filters, sort, limit }: RowQuery): RowShape {
  const columns = [ROW_COLUMN, ...new Set([...select.map(({ name }) => name), ...sort.map(({ field }) => field)])]
  const places = select.map((field, index) => ({ place: columns.indexOf(field.name), field, jsonKey: `${index === 0 ? '{' : ','}${JSON.stringify(field.name)}:` }))
  const out = (stored: boolean): ColumnOut[] => places.map(({ place, field, jsonKey }) => ({ place, change: changeOf(field, stored), jsonKey }))
  const state = plan.serving?.live == null ? [] : asOf(0)
  const read: ReadPlan = { columns, filters: [...state, ...plan.rowFilter, ...filters], sort, limit: limit + 1 }
  const schemas = new Map(plan.schema.map((schema) => [schema.name, schema]))
  return {
    columns,
    sorted: sort.map(({ field }) => ({ place: columns.indexOf(field), fromStored: storedCell(schemas.get(field)!) })), // a field of the plan
    columnsOut: out(false),
    storedOut: out(true),
    stored: servesWell(plan, read) ? readShape(compileRead(plan.serving!, read, schemas), isShort(plan, read)) : null, // servesWell saw it
  }
}

/** What happens to a cell on its way out; null for nothing. */
function changeOf({ schema, mask }: PlanField, stored: boolean): ((cell: Value) => Value) | null {
  const convert = stored ? storedCell(schema) : null
  if (mask === null || convert === null) return mask ?? convert
  return (cell) => mask(convert(cell))
}

/** PostgreSQL's values in the engine's form where they differ: short decimals are numbers. */
export function storedCell(schema: FieldSchema): ((cell: Value) => Value) | null {
  const isShortDecimal = schema.type === 'decimal' && schema.precision !== undefined && schema.precision <= 15
  return isShortDecimal ? (cell) => (cell === null ? null : Number(cell)) : null
}

/** Whether PostgreSQL answers a read of the current version better than the engine. */
function servesWell({ serving }: DeliveryPlan, { filters = [], sort = [] }: ReadPlan): boolean {
  if (serving === null) return false
  // The lake knows the version only, not what changed since.
  if (serving.live !== null) return true
  if (serving.rowCount <= SMALL_TABLE_ROWS || filters.some((filter) => isKey(filter, serving))) return true
  return filters.length === 0 && sort.length === 0
}

/** An indexed value that is no identifier stands in so many rows at most when a table is no longer than this. */
const SHORT_LIST_TABLE_ROWS = 500_000

/** Reads by one key touch few rows. */
const isShort = ({ serving, fields }: DeliveryPlan, { filters = [] }: ReadPlan): boolean => serving !== null && filters.some(({ field, op }) =>
  op === 'eq' && serving.indexed.has(field) && (fields.get(field)?.identifier === true || serving.rowCount <= SHORT_LIST_TABLE_ROWS))

const isKey = ({ field, op }: { field: string; op: string }, { indexed }: NonNullable<DeliveryPlan['serving']>): boolean =>
  (op === 'eq' || op === 'in') && indexed.has(field)
