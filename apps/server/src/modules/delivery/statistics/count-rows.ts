import type { operations, ResponseOf } from '@datong/contracts'
import type { DataEngine, Value } from '@datong/data-engine'
import { AppError, type Issue } from '@datong/kernel'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { maskCell } from '../rows/read-rows.ts'

type Statistics = ResponseOf<typeof operations.readStatistics>

/**
 * Groups of fewer rows are left out, and counts are rounded, so that neither a group nor the difference of two tells of a person.
 * @see NHS Digital, Hospital Episode Statistics, disclosure control: counts of 1 to 7 suppressed, others rounded to 5; ours begin at 10
 */
const LEAST_COUNT = 10
const ROUNDED_TO = 5

const MOST_FIELDS = 3
/** Groups that the engine counts: many raw values may come under one mask. */
const MOST_COUNTED = 200_000
/** Characters of their values that are held. */
const MOST_HELD = 50_000_000
/** Groups of an answer. */
const MOST_GROUPS = 10_000

/**
 * The fields by which is counted, from their names between commas. A field outside the plan is unknown, whether the entry has it or not.
 * @throws AppError `delivery/invalid-query` with every issue
 */
export function parseBy(text: string, plan: DeliveryPlan): PlanField[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))]
  const issues: Issue[] = names.flatMap((name) => (plan.fields.has(name) ? [] : [{ pointer: '/by', code: 'unknown-field', message: `没有字段“${name.slice(0, 80)}”` }]))
  if (names.length > MOST_FIELDS) issues.push({ pointer: '/by', code: 'too-many-fields', message: `最多按 ${MOST_FIELDS} 个字段统计` })
  if (issues.length > 0) throw new AppError('delivery/invalid-query', { code: plan.entryCode }, issues)
  return names.flatMap((name) => plan.fields.get(name) ?? [])
}

/**
 * Counts what a plan delivers by the values that it would deliver: masked ones count by their masks.
 * @throws AppError `delivery/invalid-query` when there are too many different values to count by
 */
export async function countRows(engine: DataEngine, plan: DeliveryPlan, by: readonly PlanField[], signal: AbortSignal): Promise<Statistics> {
  const counts = new Map<string, { readonly values: Value[]; count: number }>()
  let [total, counted, held] = [0, 0, 0]
  const asked = { by: by.map(({ name }) => name), filters: plan.rowFilter, limit: MOST_COUNTED + 1 }
  for await (const groups of engine.tally({ files: plan.files, schema: plan.schema }, asked, signal)) {
    counted += groups.length
    if (counted > MOST_COUNTED) throw tooMany(plan)
    for (const cells of groups) {
      const rows = Number(cells.at(-1))
      const values = by.map((field, index) => maskCell(field, cells[index]!)) // as many cells as fields
      const key = JSON.stringify(values)
      const group = counts.get(key)
      if (group === undefined) {
        counts.set(key, { values, count: rows })
        held += key.length
      } else group.count += rows
      total += rows
    }
    if (held > MOST_HELD) throw tooMany(plan)
  }
  const told = [...counts].filter(([, { count }]) => count >= LEAST_COUNT)
  if (told.length > MOST_GROUPS) throw tooMany(plan)
  return {
    by: [...asked.by],
    // By what is told: the order of exact counts would tell more.
    groups: told.map(([key, { values, count }]) => ({ key, values, count: rounded(count) })).sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)).map(({ values, count }) => ({ values, count })),
    total: total < LEAST_COUNT ? 0 : rounded(total), suppressedGroups: counts.size - told.length,
    leastCount: LEAST_COUNT, roundedTo: ROUNDED_TO, version: plan.version,
  }
}

const rounded = (count: number): number => ROUNDED_TO * Math.round(count / ROUNDED_TO)

const tooMany = (plan: DeliveryPlan): AppError =>
  new AppError('delivery/invalid-query', { code: plan.entryCode }, [{ pointer: '/by', code: 'too-many-groups', message: '不同的取值过多，不能按它们统计' }])
