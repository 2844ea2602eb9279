import { type DataEngine, type FieldSchema, type ReadPlan, type Row, ROW_COLUMN, type Value } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { createHash } from 'node:crypto'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { Lake } from '../context.ts'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import type { RowQuery } from './row-query.ts'
import { compileRead } from '../serving/serving-sql.ts'
import type { ServingStore } from '../serving/serving-store.ts'

/** Rows as they leave: masked cells in the order of `fields`. */
export interface RowPage {
  readonly fields: readonly PlanField[]
  readonly rows: readonly (readonly Value[])[]
  readonly nextCursor: string | null
  readonly version: number
}

interface ReadDeps {
  readonly serving: ServingStore
  readonly engine: DataEngine
  readonly lake: Lake
  readonly cursors: CursorCodec
}

/** A table of this many rows is scanned by PostgreSQL faster than the engine opens its files. */
const SMALL_TABLE_ROWS = 20_000

/**
 * One page of rows. Look-ups by an indexed key and pages in stored order come from the serving table, everything else
 * from the engine. A cursor goes on in the version that it began with, so that paging is never mixed.
 * @throws AppError `request/invalid-cursor`
 */
export async function readRows(deps: ReadDeps, plan: DeliveryPlan, query: RowQuery): Promise<RowPage> {
  const fingerprint = fingerprintOf(plan, query)
  const after = query.cursor === undefined ? undefined : decodeCursor(deps.cursors.decode(fingerprint, query.cursor))
  const sortFields = query.sort.map(({ field }) => field)
  const names = [ROW_COLUMN, ...new Set([...query.select.map((field) => field.name), ...sortFields])]
  const read: ReadPlan = {
    columns: names,
    filters: [...plan.rowFilter, ...query.filters],
    sort: query.sort,
    limit: query.limit + 1,
    ...(after === undefined ? {} : { after: { values: after.values, row: after.row } }),
  }
  const version = after?.version ?? plan.version
  const found = version === plan.version && servesWell(plan, read) ? await fromTable(deps, plan, read) : await fromLake(deps, plan, read, version)

  const positions = query.select.map((field) => names.indexOf(field.name))
  const page = found.slice(0, query.limit)
  const last = found.length > query.limit ? page.at(-1) : undefined
  return {
    fields: query.select,
    rows: page.map((cells) => query.select.map((field, index) => maskCell(field, cells[positions[index]!]!))), // one position for each field
    nextCursor: last === undefined ? null : deps.cursors.encode(fingerprint, [version, last[0]!, ...sortFields.map((name) => last[names.indexOf(name)]!)]), // names begins with the row and holds every sort field
    version,
  }
}

export const maskCell = (field: PlanField, cell: Value): Value => (field.mask === null ? cell : field.mask(cell))

/** What a cursor is bound to: the caller's ground, the conditions and the order. */
const fingerprintOf = (plan: DeliveryPlan, { filters, sort, select }: RowQuery): unknown => [
  plan.entryCode, plan.basis.kind === 'grant' ? plan.basis.grantId : plan.basis.kind, filters, sort, select.map((field) => field.name),
]

function decodeCursor([version, row, ...values]: readonly Value[]): { version: number; row: number; values: Value[] } {
  return { version: Number(version), row: Number(row), values }
}

function servesWell({ serving }: DeliveryPlan, read: ReadPlan): boolean {
  if (serving === null) return false
  if (serving.rowCount <= SMALL_TABLE_ROWS) return true
  const { filters = [], sort = [] } = read
  if (filters.some(({ field, op }) => (op === 'eq' || op === 'in') && serving.indexed.has(field))) return true
  return filters.length === 0 && sort.length === 0
}

/** Statement names by their text: PostgreSQL plans each shape once a connection. */
const statementNames = new Map<string, string>()
const MAX_STATEMENT_NAMES = 5_000

function statementName(text: string): string {
  let name = statementNames.get(text)
  if (name === undefined) {
    if (statementNames.size >= MAX_STATEMENT_NAMES) statementNames.clear()
    name = `read-${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`
    statementNames.set(text, name)
  }
  return name
}

async function fromTable({ serving }: ReadDeps, plan: DeliveryPlan, read: ReadPlan): Promise<Row[]> {
  const schemas = new Map(plan.schema.map((schema) => [schema.name, schema]))
  const statement = compileRead(plan.serving!, read, schemas) // servesWell saw it
  const rows = await serving.read(statementName(statement.text), statement)
  const convert = read.columns.map((name) => cellOf(schemas.get(name)))
  return rows.map((cells) => cells.map((cell, index) => convert[index]!(cell))) // as many as columns
}

/** PostgreSQL's values in the engine's form: short decimals are numbers. */
function cellOf(schema: FieldSchema | undefined): (value: unknown) => Value {
  if (schema?.type === 'decimal' && schema.precision !== undefined && schema.precision <= 15) return (value) => (value === null ? null : Number(value))
  // The serving columns have only types whose values are cells.
  return (value) => value as Value
}

async function fromLake({ engine, lake }: ReadDeps, plan: DeliveryPlan, read: ReadPlan, number: number): Promise<Row[]> {
  const version = number === plan.version ? { files: plan.files, fields: plan.schema } : await lake.version(plan.entryCode, number)
  const known = new Set(version?.fields.map((field) => field.name))
  if (version === undefined || read.columns.some((name) => name !== ROW_COLUMN && !known.has(name))) throw new AppError('request/invalid-cursor')
  const rows: Row[] = []
  for await (const batch of engine.query({ files: version.files, schema: version.fields }, read)) rows.push(...batch)
  return rows
}
