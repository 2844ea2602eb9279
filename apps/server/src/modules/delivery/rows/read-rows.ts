import { type DataEngine, type ReadPlan, type Row, ROW_COLUMN, type Value } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { Gate } from '../../../platform/gate.ts'
import type { Lake } from '../deps.ts'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import type { RowQuery } from './row-query.ts'
import { RowPage } from './row-page.ts'
import { type RowShape, rowShape } from './row-shape.ts'
import { type ReadShape, readShape } from '../serving/read-batches.ts'
import { asOf, compileRead, valuesOf } from '../serving/serving-sql.ts'
import type { ServingStore } from '../serving/serving-store.ts'

interface ReadDeps {
  readonly serving: ServingStore
  readonly engine: DataEngine
  readonly lake: Lake
  readonly cursors: CursorCodec
  readonly engineReads: Gate
}

interface Waiting {
  readonly signal?: AbortSignal
  readonly call?: { readonly signal: AbortSignal }
}

/** Longest that a page which the engine reads takes, with its time in the line. */
const ENGINE_READ_MS = 20_000

/**
 * One page of rows. Look-ups by an indexed key and pages in stored order come from the serving table, everything else
 * from the engine. A cursor goes on in the version that it began with, so that paging is never mixed.
 * @param signal cancels the read in the database or engine
 * @param call ends a read of the engine when its caller leaves; asked for its signal then only
 * @throws AppError `request/invalid-cursor`; `delivery/query-too-slow`, `request/overloaded`, `request/abandoned` where the engine reads
 */
export async function readRows(deps: ReadDeps, plan: DeliveryPlan, query: RowQuery, { signal, call }: Waiting = {}): Promise<RowPage> {
  const { limit, select } = query
  const after = query.cursor === undefined ? undefined : decodeCursor(deps.cursors.decode(fingerprintOf(plan, query), query.cursor), query.sort.length)
  const version = after?.version ?? plan.version
  const state = after === undefined ? query.state ?? stateOf(plan) : after.state
  const of = await planOf(deps, plan, query, version, state)
  const shape = rowShape(of, query)
  const stored = of.version === version ? storedRead(of, query, shape, after, state) : null
  const found: readonly (readonly unknown[])[] = stored === null
    ? await fromLake(deps, plan, readOf(plan, query, shape, after), version, signal ?? call?.signal)
    : await deps.serving.readShape(stored.shape, stored.values, signal)

  const more = found.length > limit
  const page = more ? found.slice(0, limit) : found
  const last = more ? page.at(-1) : undefined
  return new RowPage(select, page, stored === null ? shape.columnsOut : shape.storedOut, last === undefined ? null : cursorAt(last), version, state, stored !== null && stored.shape.batch !== null)

  function cursorAt(row: readonly unknown[]): string {
    const cells = row as Row // both readers give rows of cells, the row's number first
    const values = shape.sorted.map(({ place, fromStored }) => (stored === null || fromStored === null ? cells[place]! : fromStored(cells[place]!))) // each is read
    return deps.cursors.encode(fingerprintOf(plan, query), [version, cells[0]!, ...values, ...(state === null ? [] : [state])])
  }
}

/** As of which change a plan's rows are read now; null where a version has no states. */
export const stateOf = ({ serving, fixed }: DeliveryPlan): number | null => (serving?.live == null ? null : fixed ? serving.live.base : serving.live.through())

/**
 * The plan on the table that has a state: usually the plan itself. The version before has its table until the next one is replaced.
 * @throws AppError `request/invalid-cursor` for a state that is nowhere any more: another one would mix two
 */
async function planOf(deps: ReadDeps, plan: DeliveryPlan, { select, filters, sort }: RowQuery, version: number, state: number | null): Promise<DeliveryPlan> {
  if (state === null || version === plan.version) {
    if (state !== null && plan.serving?.live == null) throw new AppError('request/invalid-cursor')
    return plan
  }
  const [found, serving] = await Promise.all([deps.lake.version(plan.entryCode, version), deps.serving.find(plan.entryCode, { number: version })])
  const names = [...select.map(({ name }) => name), ...[...plan.rowFilter, ...filters, ...sort].map(({ field }) => field)]
  if (found === undefined || serving?.live == null || names.some((name) => !serving.columns.has(name))) throw new AppError('request/invalid-cursor')
  return { ...plan, version, files: found.files, schema: found.fields, rowCount: found.rowCount, serving }
}

interface After {
  readonly version: number
  /** Null in a version without states. */
  readonly state: number | null
  readonly row: number
  readonly values: readonly Value[]
}

export const maskCell = (field: PlanField, cell: Value): Value => (field.mask === null ? cell : field.mask(cell))

/** What a cursor is bound to: the caller's ground, the conditions and the order. */
const fingerprintOf = (plan: DeliveryPlan, { filters, sort, select }: RowQuery): unknown => [
  plan.entryCode, plan.basis.kind === 'grant' ? plan.basis.grantId : plan.basis.kind, filters, sort, select.map((field) => field.name),
]

const decodeCursor = ([version, row, ...rest]: readonly Value[], sorts: number): After =>
  ({ version: Number(version), row: Number(row), values: rest.slice(0, sorts), state: rest.length > sorts ? Number(rest[sorts]) : null })

/** The read in the engine's form: the grant's own restriction, and one row more than asked to know whether there are more. */
const readOf = (plan: DeliveryPlan, { filters, sort, limit }: RowQuery, { columns }: RowShape, after: After | undefined): ReadPlan => ({
  columns, filters: [...plan.rowFilter, ...filters], sort, limit: limit + 1,
  ...(after === undefined ? {} : { after: { values: after.values, row: after.row } }),
})

/** The statement on the serving table and its values; null when the engine reads this better. */
function storedRead(plan: DeliveryPlan, query: RowQuery, shape: RowShape, after: After | undefined, state: number | null): { shape: ReadShape; values: readonly unknown[] } | null {
  if (shape.stored === null) return null
  // A cursor from before the table had states goes on in the version itself.
  const now = plan.serving?.live == null ? [] : asOf(state ?? plan.serving.live.base)
  if (after === undefined) return { shape: shape.stored, values: [...valuesOf(now), ...valuesOf(plan.rowFilter), ...valuesOf(query.filters), query.limit + 1] }
  const read = readOf(plan, query, shape, after)
  const statement = compileRead(plan.serving!, { ...read, filters: [...now, ...read.filters ?? []] }, new Map(plan.schema.map((schema) => [schema.name, schema]))) // a stored shape has a table
  return { shape: readShape(statement, false), values: statement.values }
}

async function fromLake({ engine, lake, engineReads }: ReadDeps, plan: DeliveryPlan, read: ReadPlan, number: number, signal: AbortSignal | undefined): Promise<Row[]> {
  const version = number === plan.version ? { files: plan.files, fields: plan.schema } : await lake.version(plan.entryCode, number)
  const known = new Set(version?.fields.map((field) => field.name))
  if (version === undefined || read.columns.some((name) => name !== ROW_COLUMN && !known.has(name))) throw new AppError('request/invalid-cursor')
  const late = AbortSignal.timeout(ENGINE_READ_MS)
  return engineReads.run(async () => {
    const rows: Row[] = []
    try {
      for await (const batch of engine.query({ files: version.files, schema: version.fields }, read, signal === undefined ? late : AbortSignal.any([signal, late]))) rows.push(...batch)
    } catch (error) {
      if (late.aborted) throw new AppError('delivery/query-too-slow')
      if (signal?.aborted) throw new AppError('request/abandoned')
      throw error
    }
    return rows
  })
}
