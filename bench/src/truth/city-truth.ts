import type { DataEngine } from '@datong/data-engine'
import { type FaultKind, makeCity } from '@datong/demo-city'
import { evaluateRules, type RuleId, type RuleOutcome, type Subject } from '@datong/quality-rules'
import { type Agreement, agreement } from './agreement.ts'
import { BUREAU_RULES, FOUND_BY } from './city-rules.ts'
import { type CityTable, loadCityTable } from './city-table.ts'
import { subjectOf } from './subject-of.ts'
import { suggestFor } from './suggest-for.ts'

const EVERY_ROW = 999_999

export interface CityTruth {
  readonly rows: number
  readonly rules: number
  readonly seconds: number
  /** Planted faults of each kind against what the rules that are there for it found; recall is what counts. */
  readonly byFault: ReadonlyMap<FaultKind, Agreement>
  /** Rows that a rule found against rows with a fault that it is there for; precision is what counts. */
  readonly byRule: ReadonlyMap<RuleId, Agreement>
}

/** Loads the tables of the city, holds each against what is suggested for it and what the bureau adds, and compares with their truth files. */
export async function measureCity(engine: DataEngine, folder: string, options: { readonly seed: number; readonly scale: number }, keys?: readonly string[]): Promise<CityTruth> {
  const city = makeCity({ today: '2026-03-10', ...options })
  const wanted = city.tables.filter(({ key }) => keys === undefined || keys.includes(key))
  const tables: CityTable[] = []
  for (const table of wanted) tables.push(await loadCityTable(engine, table, folder))
  const others = { entries: new Map(tables.map(({ key, version }) => [key, version])), rejected: new Map(tables.map(({ key, rejectedLines }) => [key, rejectedLines])) }
  const [planted, found] = [new Tally<FaultKind>(), new Tally<FaultKind>()]
  const [due, told] = [new Tally<RuleId>(), new Tally<RuleId>()]
  let [rules, seconds] = [0, 0]
  for (const table of tables) {
    const started = performance.now()
    const outcomes = await outcomesOf(engine, table, others)
    seconds += (performance.now() - started) / 1_000
    rules += outcomes.length
    const rowsOf = rowsFound(table, outcomes)
    for (const { kind, row } of table.faults) {
      planted.add(kind, `${table.key}/${row}`)
      for (const rule of FOUND_BY[kind]) {
        due.add(rule, `${table.key}/${row}`)
        if (rowsOf.get(rule)?.has(row) === true) found.add(kind, `${table.key}/${row}`)
      }
    }
    for (const [rule, rows] of rowsOf) for (const row of rows) told.add(rule, `${table.key}/${row}`)
  }
  const counted = new Set(Object.values(FOUND_BY).flat())
  return {
    rows: tables.reduce((sum, { rowsStored }) => sum + rowsStored, 0), rules, seconds,
    byFault: new Map(planted.keys().map((kind) => [kind, agreement(planted.of(kind), found.of(kind))])),
    byRule: new Map(told.keys().filter((rule) => counted.has(rule)).map((rule) => [rule, agreement(due.of(rule), told.of(rule))])),
  }
}

class Tally<K> {
  readonly #places = new Map<K, Set<string>>()
  add(key: K, place: string): void {
    this.#places.set(key, this.of(key).add(place))
  }
  of(key: K): Set<string> {
    return this.#places.get(key) ?? new Set()
  }
  keys(): K[] {
    return [...this.#places.keys()]
  }
}

/** Suggested rules except those on fields that are often empty, which nobody would accept, and the bureau's. */
async function outcomesOf(engine: DataEngine, table: CityTable, others: Pick<Subject, 'entries' | 'rejected'>): Promise<RuleOutcome[]> {
  const suggested = await suggestFor(engine, table.version, table.profile, table.rowsStored)
  const rules = [...suggested.filter(({ toleranceShare }) => toleranceShare < 1), ...BUREAU_RULES.flatMap((one) => (one.table === table.key ? [one.rule] : []))]
  return evaluateRules(rules, subjectOf(table.version, table.rowsStored, table.rejected.size, table.profile, others), engine, { sample: EVERY_ROW })
}

/** Rows of the truth that each rule tells, doubtful ones among them; rejected rows are told by the rule of types. */
function rowsFound({ truthRow, rejected }: CityTable, outcomes: readonly RuleOutcome[]): Map<RuleId, Set<number>> {
  const rows = new Map<RuleId, Set<number>>([['value-type', new Set(rejected)]])
  for (const { rule, sample } of outcomes) {
    const so = rows.get(rule) ?? new Set<number>()
    for (const row of sample) so.add(truthRow(row))
    rows.set(rule, so)
  }
  return rows
}
