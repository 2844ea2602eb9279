import type { Trx } from '@datong/metadata-store'
import type { Updateable } from 'kysely'
import type { ClockRecord } from './clocks/clock.ts'
import type { SharingContext } from './context.ts'
import type { ApplicationRow } from './sharing-store.ts'
import type { ApplicationTable } from './tables.ts'

/** Changes an application together with its clocks; lists are sorted by the answer's end, which goes along. */
export async function changeApplication(
  trx: Trx, { store }: SharingContext, before: ApplicationRow, change: Updateable<ApplicationTable>, clocks: readonly ClockRecord[] = [],
): Promise<ApplicationRow> {
  for (const clock of clocks) await store.clocks.put(trx, before.id, clock)
  const answer = clocks.find(({ kind }) => kind === before.clock_kind)
  return store.updateApplication(trx, before, { ...change, ...(answer === undefined ? {} : { due_at: answer.dueAt }) })
}
