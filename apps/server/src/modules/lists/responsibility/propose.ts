import type { operations, ResponseOf } from '@datong/contracts'
import type { ResponsibilityContext } from './change-responsibility.ts'

type Proposal = ResponseOf<typeof operations.proposeResponsibilities>['items'][number]

const MOST = 500

/** What the list of a department lacks: its duties that no item names, and its published entries that no item is tied to. */
export async function proposeFor({ responsibilities, organisations, catalog }: ResponsibilityContext, organisation: string): Promise<Proposal[]> {
  const items = await responsibilities.all(organisation)
  const named = new Set(items.map(({ item }) => item))
  const tied = new Set(items.map(({ entry_code }) => entry_code))
  const duties = (organisations.find(organisation)?.duties ?? []).filter((duty) => !named.has(duty))
  const proposals: Proposal[] = duties.map((item) => ({ from: 'duty', item, dataNamed: '', entryCode: null }))
  const untied = (await catalog.codesOf(organisation)).filter((code) => !tied.has(code)).slice(0, MOST)
  const entries = (await catalog.findMany(untied)).filter(({ state }) => state === 'published')
  return [...proposals, ...entries.map(({ code, title }): Proposal => ({ from: 'entry', item: title, dataNamed: title, entryCode: code }))]
}
