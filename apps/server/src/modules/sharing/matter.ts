import type { Trx } from '@datong/metadata-store'
import type { EntryRecord } from '../catalog/index.ts'
import type { Clocks } from './clocks/clock-store.ts'
import type { ClockRecord } from './clocks/clock.ts'
import type { SharingContext } from './context.ts'
import type { OpinionRow } from './opinions/opinion-store.ts'
import type { ApplicationRow, GrantRow } from './sharing-store.ts'

/** An application with everything that belongs to it. */
export interface Matter {
  readonly application: ApplicationRow
  readonly entry: EntryRecord | undefined
  /** What came of it. */
  readonly grant: GrantRow | undefined
  /** What it wants renewed or changed. */
  readonly linked: GrantRow | undefined
  readonly opinions: readonly OpinionRow[]
  readonly clocks: Clocks
}

/** @param trx to read inside it, with what it changed itself */
export async function readMatters(context: SharingContext, rows: readonly ApplicationRow[], trx?: Trx): Promise<Matter[]> {
  const { store, catalog } = context
  const ids = rows.map(({ id }) => id)
  const clocks = await store.clocks.ofMany(ids, trx)
  const opinions = await store.opinions.ofMany(ids, trx)
  const grants = await store.findGrants(rows.flatMap((row) => [row.grant_id, row.link_grant_id]).filter((id) => id !== null), trx)
  const codes = [...new Set(rows.map((row) => row.entry_code))]
  const found = trx === undefined ? await catalog.findMany(codes) : await inTurn(codes, (code) => catalog.find(code, trx))
  const entries = new Map(found.filter((entry) => entry !== undefined).map((entry) => [entry.code, entry]))
  return rows.map((application) => ({
    application,
    entry: entries.get(application.entry_code),
    grant: application.grant_id === null ? undefined : grants.get(application.grant_id),
    linked: application.link_grant_id === null ? undefined : grants.get(application.link_grant_id),
    opinions: opinions.get(application.id) ?? [],
    clocks: clocks.get(application.id) ?? new Map(),
  }))
}

/** The clock of the answer, which every application has. */
export const answerClock = ({ application, clocks }: Pick<Matter, 'application' | 'clocks'>): ClockRecord => clocks.get(application.clock_kind)! // started at filing

/** A transaction has one connection: its reads wait for each other. */
async function inTurn<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await read(item))
  return results
}
