import type { Responsibility, RESPONSIBILITY_STATES } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { type Selectable, sql } from 'kysely'
import type { ListsDeps } from '../context.ts'
import type { ResponsibilityTable } from '../tables.ts'

export type ResponsibilityRow = Selectable<ResponsibilityTable>
type State = (typeof RESPONSIBILITY_STATES)[number]

/** Where an item stands: its entry is published; or it is late after its day; or an entry is being made; or none is named. */
export const stateSql = (today: string) => sql<State>`case when published then 'published' when due_on < ${today}::date then 'late' when entry_code is null then 'missing' else 'in-progress' end`

const stateOf = ({ published, due_on, entry_code }: ResponsibilityRow, today: string): State =>
  published ? 'published' : due_on !== null && due_on < today ? 'late' : entry_code === null ? 'missing' : 'in-progress'

export async function viewResponsibilities({ catalog, organisations, clock }: ListsDeps, rows: readonly ResponsibilityRow[]): Promise<Responsibility[]> {
  const entries = new Map((await catalog.findMany(rows.flatMap(({ entry_code }) => entry_code ?? []))).map((entry) => [entry.code, entry]))
  const today = chinaDay(clock.now())
  return rows.map((row) => {
    const entry = row.entry_code === null ? undefined : entries.get(row.entry_code)
    return {
      id: row.id, department: organisations.ref(row.organisation), item: row.item, legalBasis: row.legal_basis, dataNamed: row.data_named,
      entry: entry === undefined ? null : { code: entry.code, title: entry.title, state: entry.state }, dueOn: row.due_on, state: stateOf(row, today),
      revision: row.revision, changedAt: row.changed_at.toISOString(), changedBy: row.changed_by.name,
    }
  })
}
