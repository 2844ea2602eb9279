import type { FieldSchema, Value } from '@datong/data-engine'
import type { Change } from '@datong/contracts'
import type { DeliveryContext } from '../context.ts'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { maskCell } from '../rows/read-rows.ts'
import { storedCell } from '../rows/row-shape.ts'
import { compileConditions, shownCell } from '../serving/serving-sql.ts'
import { stretchOf } from './captured-feed.ts'
import { describeChange, rowIds, type SeenRow } from './seen-rows.ts'
import type { ChangeSet } from './tables.ts'

/** Changes of a stretch of states as a plan lets them be seen: what the row interface would show of the rows before and after. */
export async function readStates({ store, sealer }: Pick<DeliveryContext, 'store' | 'sealer'>, plan: DeliveryPlan, fields: readonly PlanField[], set: ChangeSet, after: number, upTo: number): Promise<Change[]> {
  const schema: readonly FieldSchema[] = set.fields ?? []
  const has = ({ name, type }: Pick<FieldSchema, 'name' | 'type'>): boolean => schema.some((field) => field.name === name && field.type === type)
  // Rows that the row filter cannot be held against are not seen.
  if (!plan.rowFilter.every(({ field }) => has({ name: field, type: plan.schema.find(({ name }) => name === field)?.type ?? 'text' }))) return []
  const there = fields.filter((field) => has({ name: field.name, type: field.schema.type }))
  const columns = new Map(schema.map(({ name }, index) => [name, `c${index}`]))
  const schemas = new Map(schema.map((field) => [field.name, field]))
  const values: unknown[] = [plan.entryCode, after, upTo]
  const conditions = compileConditions({ columns, live: null }, plan.rowFilter, (value) => `$${values.push(value)}`, schemas)
  const names = [set.key_field!, ...there.map(({ name }) => name)] // states have a key
  const text = `select position, side, ${names.map((name) => shownCell(columns.get(name)!, schemas.get(name)!)).join(', ')} from ${stretchOf(schema)}
    ${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`} order by position`
  const { rows } = await store.pool.query<unknown[]>({ text, values, rowMode: 'array' })
  const converted = names.map((name) => storedCell(schemas.get(name)!))
  const idOf = rowIds(sealer, plan, set.key_field!)
  const pairs = new Map<number, { before?: SeenRow; now?: SeenRow }>()
  for (const [position, side, ...cells] of rows) {
    const [key = null, ...rest] = cells.map((cell, index) => (converted[index] === null ? cell : converted[index]!(cell as Value)) as Value) // the pool reads cells as values
    const seen = { id: idOf(key), cells: Object.fromEntries(there.map((field, index) => [field.name, maskCell(field, rest[index] ?? null)])) }
    const pair = pairs.get(Number(position)) ?? {}
    pairs.set(Number(position), side === 'b' ? { ...pair, before: seen } : { ...pair, now: seen })
  }
  return [...pairs].flatMap(([position, { before, now }]) => describeChange(position, set.to_version, before, now))
}
