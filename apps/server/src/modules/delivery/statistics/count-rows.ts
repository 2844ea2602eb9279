import type { operations, ResponseOf } from '@datong/contracts'
import type { DataEngine, Tally, Value } from '@datong/data-engine'
import { AppError, type Issue } from '@datong/kernel'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { maskCell } from '../rows/read-rows.ts'

type Statistics = ResponseOf<typeof operations.readStatistics>

/**
 * Groups of fewer rows, or of fewer persons where they can be told apart, are left out, and counts are rounded.
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
  const names = namesIn(text)
  const issues: Issue[] = names.flatMap((name) => issueOf(name, plan.fields.get(name)))
  if (names.length > MOST_FIELDS) issues.push({ pointer: '/by', code: 'too-many-fields', message: `最多按 ${MOST_FIELDS} 个字段统计` })
  if (issues.length > 0) throw new AppError('delivery/invalid-query', { code: plan.entryCode }, issues)
  return names.flatMap((name) => plan.fields.get(name) ?? [])
}

/** The fields of a plan by which may be counted. */
export const countedBy = ({ fields }: Pick<DeliveryPlan, 'fields'>): PlanField[] => [...fields.values()].filter((field) => !field.namesPersons)

export const namesIn = (text: string): string[] => [...new Set(text.split(',').map((name) => name.trim()))]

function issueOf(name: string, field: PlanField | undefined): Issue[] {
  if (field === undefined) return [{ pointer: '/by', code: 'unknown-field', message: `没有字段“${name.slice(0, 80)}”` }]
  return field.namesPersons ? [{ pointer: '/by', code: 'identifying-field', message: `“${name}”的每个取值指向一个人，不能按它统计` }] : []
}

interface Group {
  readonly values: readonly Value[]
  count: number
  /** By each column that tells persons apart. */
  readonly persons: readonly Persons[]
}

/** The persons of a group, until there are enough. Rows that do not say whose they are may each be another's. */
interface Persons {
  readonly known: Set<string>
  unknown: number
  areEnough: boolean
}

/**
 * Counts what a plan delivers by the values that it would deliver: masked ones count by their masks.
 * @throws AppError `delivery/invalid-query` when there are too many different values to count by
 */
export async function countRows(engine: DataEngine, plan: DeliveryPlan, by: readonly PlanField[], signal: AbortSignal): Promise<Statistics> {
  const groups = new Map<string, Group>()
  const asked: Tally = { by: by.map(({ name }) => name), filters: plan.rowFilter, limit: MOST_COUNTED + 1 }
  // One pass for each column, for persons are told apart by one at a time; the first counts the rows as well.
  const passes: readonly Tally[] = plan.persons.length === 0 ? [asked] : plan.persons.map((field) => ({ ...asked, different: { field, upTo: LEAST_COUNT } }))
  for (const [pass, tally] of passes.entries()) {
    let [counted, held] = [0, 0]
    for await (const batch of engine.tally({ files: plan.files, schema: plan.schema }, tally, signal)) {
      counted += batch.length
      if (counted > MOST_COUNTED) throw tooMany(plan)
      for (const cells of batch) {
        const values = by.map((field, index) => maskCell(field, cells[index]!)) // as many cells as fields
        const key = JSON.stringify(values)
        let group = groups.get(key)
        if (group === undefined) {
          groups.set(key, group = { values, count: 0, persons: plan.persons.map(() => ({ known: new Set(), unknown: 0, areEnough: false })) })
          held += key.length
        }
        const [rows, words, unknown] = cells.slice(by.length)
        if (pass === 0) group.count += Number(rows)
        const persons = group.persons[pass]
        if (persons?.areEnough === false) held += addPersons(persons, String(words ?? ''), Number(unknown))
      }
      if (held > MOST_HELD) throw tooMany(plan)
    }
  }
  const all = [...groups].map(([key, group]) => ({ key, ...group }))
  const told = all.filter(isTold)
  if (told.length > MOST_GROUPS) throw tooMany(plan)
  const total = sumOf(all)
  return {
    by: [...asked.by],
    // By what is told: the order of exact counts would tell more.
    groups: told.map(({ key, values, count }) => ({ key, values, count: rounded(count) })).sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)).map(({ values, count }) => ({ values: [...values], count })),
    // Rows, not groups: of a field in which all values differ, the number of groups would be the exact number of rows.
    total: atLeast(total), suppressedRows: atLeast(total - sumOf(told)),
    leastCount: LEAST_COUNT, roundedTo: ROUNDED_TO, version: plan.version,
  }
}

/** Answers by how many characters more are held. */
function addPersons(persons: Persons, words: string, unknown: number): number {
  persons.unknown += unknown
  if (words !== '') for (const word of words.split(' ')) persons.known.add(word)
  persons.areEnough = persons.known.size + persons.unknown >= LEAST_COUNT
  if (!persons.areEnough) return words.length
  persons.known.clear()
  return 0
}

const isTold = ({ count, persons }: Group): boolean => count >= LEAST_COUNT && persons.every(({ areEnough }) => areEnough)

const sumOf = (groups: readonly { readonly count: number }[]): number => groups.reduce((sum, { count }) => sum + count, 0)

const rounded = (count: number): number => ROUNDED_TO * Math.round(count / ROUNDED_TO)

/** None and too few are the same to who asks. */
const atLeast = (count: number): number => (count < LEAST_COUNT ? 0 : rounded(count))

const tooMany = (plan: DeliveryPlan): AppError =>
  new AppError('delivery/invalid-query', { code: plan.entryCode }, [{ pointer: '/by', code: 'too-many-groups', message: '不同的取值过多，不能按它们统计' }])
