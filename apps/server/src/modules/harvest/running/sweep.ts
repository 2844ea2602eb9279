import { inTransaction } from '@datong/metadata-store'
import { SYSTEM_ACTOR } from '../../identity/index.ts'
import type { HarvestContext } from '../deps.ts'
import type { RunRow, SourceRow } from '../tables.ts'
import { RunEnded } from './take-page.ts'

const BATCH = 100
/** Beyond this share a source has more likely broken than cleared out; a person looks first. */
const MOST_VANISHED_SHARE = 0.3
const FEW = 5

/** Whether so many records gone at once ask for a person's eye. */
export const isSuspicious = ({ all, unseen }: { all: number; unseen: number }): boolean => unseen > FEW && unseen > all * MOST_VANISHED_SHARE

/**
 * Withdraws the entries whose records a full run did not see, in batches, each wholly. It may be repeated.
 * @throws RunEnded
 */
export async function sweep(context: HarvestContext, source: SourceRow, run: RunRow): Promise<void> {
  const { store, catalog } = context
  for (let more = true; more;) {
    more = await inTransaction(context.db, async (trx) => {
      const current = await store.lockRun(trx, run.id)
      if (current?.state !== 'running') throw new RunEnded()
      const gone = await store.unseen(trx, source.id, run.id, BATCH)
      for (const { entry_code: code } of gone) {
        const entry = await catalog.find(code, trx)
        if (entry === undefined || entry.state === 'withdrawn') continue
        const { organisation, title } = entry
        await catalog.importEntry(trx, { code, organisation, title, state: 'withdrawn', reason: `harvest ${run.id}: gone at ${source.url}` }, SYSTEM_ACTOR)
      }
      await store.forget(trx, source.id, gone.map(({ identifier }) => identifier))
      await store.count(trx, run.id, { seen: 0, created: 0, changed: 0, same: 0, withdrawn: gone.length, rejected: 0 })
      return gone.length === BATCH
    })
  }
}
