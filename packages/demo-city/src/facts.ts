import type { City } from './city.ts'
import type { DemoTable, FaultKind, InjectedFault } from './model.ts'

export interface TableFacts {
  /** Data rows, copies and ragged rows included, the header row not. */
  readonly rows: number
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>
  readonly injected: readonly InjectedFault[]
}

export interface CityFacts {
  readonly tables: Readonly<Record<string, TableFacts>>
  readonly rows: number
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>
}

type Counts = Partial<Record<FaultKind, number>>

/** What one table holds, counted while its rows are made once more. */
export function factsOfTable(table: DemoTable): TableFacts {
  const injected: InjectedFault[] = []
  const faults: Counts = {}
  let rows = 0
  const count = (fault: InjectedFault): void => {
    injected.push(fault)
    faults[fault.kind] = (faults[fault.kind] ?? 0) + 1
  }
  for (const _ of table.rows(count)) rows++
  return { rows, faults, injected }
}

/** The declared truth about a city: rows of each table, and every fault that was put in, by kind. */
export function factsOf({ tables }: City): CityFacts {
  const byTable = Object.fromEntries(tables.map((table) => [table.key, factsOfTable(table)]))
  const faults: Counts = {}
  let rows = 0
  for (const facts of Object.values(byTable)) {
    rows += facts.rows
    // The keys of a table's counts are fault kinds only.
    for (const [kind, count] of Object.entries(facts.faults) as [FaultKind, number][]) faults[kind] = (faults[kind] ?? 0) + count
  }
  return { tables: byTable, rows, faults }
}
