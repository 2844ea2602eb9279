import { type FieldSchema, type Filter, type ReadPlan, ROW_COLUMN } from '@datong/data-engine'
import type { DeliveryContext } from '../context.ts'
import { identifies } from '../plan/identifies.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { type ReadShape, readShape } from '../serving/read-batches.ts'
import { asOf, compileRead } from '../serving/serving-sql.ts'
import { type Comparison, comparisonOf } from './forms.ts'
import { keyColumn } from './key-index.ts'

/** The fields of a plan that can be verified, in their order, and how each is compared. */
export async function comparisonsOf({ catalog }: Pick<DeliveryContext, 'catalog'>, plan: DeliveryPlan): Promise<ReadonlyMap<string, Comparison>> {
  const entry = await catalog.find(plan.entryCode)
  const recognizers = new Map(entry?.fields.map((field) => [field.name, field.suggestion?.recognizer ?? null]))
  const comparisons = new Map<string, Comparison>()
  for (const field of plan.fields.values()) {
    // Opened to everybody, a masked field must not be found out by asking.
    if (plan.basis.kind === 'open' && field.mask !== null) continue
    const recognizer = recognizers.get(field.name) ?? null
    comparisons.set(field.name, comparisonOf(field, recognizer, identifies(field.identifier, recognizer)))
  }
  return comparisons
}

/** Rows that are compared for one identifier; a field with more rows a value identifies nothing. */
export const MAX_ROWS = 1_000

/** One selection of fields: what evidence tells of it, and the same prepared statement whoever is asked about. */
export interface Selection {
  readonly fields: readonly string[]
  readonly conditions: readonly string[]
  /** Null where the resource has no serving table. */
  readonly statement: VerifyStatement | null
}

export interface VerifyStatement {
  readonly shape: ReadShape
  readonly values: readonly unknown[]
  /** Where the first two values say as of which change a live table is read. */
  readonly isLive: boolean
  /** Places in `values` where the key of each identifying field goes. */
  readonly keysAt: readonly number[]
}

/** What verification adds to a delivery plan: which fields identify, how each is compared, and the selections asked so far. */
export interface VerifyPlan {
  readonly plan: DeliveryPlan
  readonly comparisons: ReadonlyMap<string, Comparison>
  readonly identifying: readonly string[]
  selection(asked: readonly { readonly name: string; readonly identifying: boolean }[]): Selection
}

/** Callers choose fields; beyond so many selections of one plan all are made anew. */
const MAX_SELECTIONS = 200

/** Verify plans live as long as the delivery plan that they belong to. */
export function createVerifyPlans({ catalog, keyIndexes }: Pick<DeliveryContext, 'catalog' | 'keyIndexes'>): (plan: DeliveryPlan) => Promise<VerifyPlan> {
  const kept = new WeakMap<DeliveryPlan, Promise<VerifyPlan>>()

  async function compile(plan: DeliveryPlan): Promise<VerifyPlan> {
    const comparisons = await comparisonsOf({ catalog }, plan)
    const identifying = [...comparisons].filter(([, one]) => one.identifying).map(([name]) => name)
    if (plan.serving !== null) await keyIndexes.ensure(plan.serving, identifying.filter((name) => comparisons.get(name)!.field.schema.type === 'text')) // named by it
    const selections = new Map<string, Selection>()
    return {
      plan, comparisons, identifying,
      selection(asked) {
        let key = ''
        for (const { name } of asked) key += `${name}\u0001`
        let found = selections.get(key)
        if (found === undefined) {
          if (selections.size >= MAX_SELECTIONS) selections.clear()
          const fields = asked.map(({ name }) => name)
          const conditions = asked.filter((claim) => claim.identifying).map(({ name }) => `${name} eq`)
          found = { fields, conditions, statement: plan.serving === null ? null : compileStatement(plan, comparisons, fields) }
          selections.set(key, found)
        }
        return found
      },
    }
  }

  return (plan) => {
    let running = kept.get(plan)
    if (running === undefined) {
      running = compile(plan)
      running.catch(() => kept.delete(plan))
      kept.set(plan, running)
    }
    return running
  }
}

/** The read on the serving table: identifying text is looked up by its key, through columns that exist only here. */
function compileStatement(plan: DeliveryPlan, comparisons: VerifyPlan['comparisons'], asked: readonly string[]): VerifyStatement {
  const table = plan.serving!
  const columns = new Map(table.columns)
  const schemas = new Map(plan.schema.map((schema): [string, FieldSchema] => [schema.name, schema]))
  const slots: string[] = []
  const filters = asked.flatMap((name): Filter[] => {
    const { field, identifying } = comparisons.get(name)! // asked were checked against it
    if (!identifying) return []
    const key = field.schema.type === 'text' ? `\0key of ${name}` : name
    if (key !== name) {
      columns.set(key, keyColumn(columns.get(name)!)) // the table has every field of the version
      schemas.set(key, { name: key, type: 'text', nullable: true })
    }
    const slot = `\0slot ${slots.length}`
    slots.push(slot)
    return [{ field: key, op: 'eq', value: slot }]
  })
  const isLive = table.live !== null
  const read: ReadPlan = { columns: [ROW_COLUMN, ...asked], filters: [...(isLive ? asOf(0) : []), ...plan.rowFilter, ...filters], limit: MAX_ROWS }
  const statement = compileRead({ ...table, columns }, read, schemas)
  return { shape: readShape(statement, true), values: statement.values, isLive, keysAt: slots.map((slot) => statement.values.indexOf(slot)) }
}
