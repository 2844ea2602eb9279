import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import { allFields, type DeliveryPlan, type PlanField, type ServingTable } from '../plan/plan.ts'
import { stateOf } from '../rows/read-rows.ts'
import { asOf, compileConditions } from '../serving/serving-sql.ts'

/** A resource that questions can be asked about: its plan, and its rows in PostgreSQL. */
export interface OpenTable {
  readonly plan: DeliveryPlan
  readonly serving: ServingTable
  /** Fields that leave as they are: only these can be compared, sorted by or counted. */
  readonly plain: readonly PlanField[]
  /** The change as of which a live table is read; null for others. */
  readonly state: number | null
}

/**
 * The plan of a caller for a resource whose rows stand in a serving table.
 * @throws AppError as `plans.get`; `delivery/no-data` when the version is too large for one or not yet there
 */
export async function openTable(context: DeliveryContext, caller: Caller, entryCode: string): Promise<OpenTable> {
  requireScope(caller, 'rows', entryCode)
  const plan = await context.plans.get(caller, entryCode)
  requireSigned(context, plan, caller)
  if (plan.serving === null) throw new AppError('delivery/no-data', { code: entryCode })
  return { plan, serving: plan.serving, state: stateOf(plan), plain: allFields(plan).filter(({ mask }) => mask === null) }
}

/** The name of the column that counts the rows from 1, as CKAN calls it. */
export const ID_COLUMN = '_id'

/** FROM and WHERE of a resource: its serving table, and the rows that the ground of the plan gives. */
export function rowsOf({ plan, serving, state }: OpenTable, bind: (value: unknown) => string): { from: string; conditions: string[] } {
  return { from: `serving.${serving.name}`, conditions: conditionsOf([...(state === null ? [] : asOf(state)), ...plan.rowFilter], { plan, serving }, bind) }
}

export const conditionsOf = (filters: DeliveryPlan['rowFilter'], { plan, serving }: Pick<OpenTable, 'plan' | 'serving'>, bind: (value: unknown) => string): string[] =>
  compileConditions(serving, filters, bind, new Map(plan.schema.map((schema) => [schema.name, schema])))

/** The column of a field in the serving table; times as the engine writes them. */
export function columnOf({ serving }: Pick<OpenTable, 'serving'>, name: string): string {
  const column = serving.columns.get(name)
  if (column === undefined) throw new Error(`the serving table has no column for ${name}`)
  return column
}
