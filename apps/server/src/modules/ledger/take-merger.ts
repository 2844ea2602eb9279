import type { Actor } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import type { DomainEvents } from '../../platform/events.ts'
import type { LedgerContext } from './deps.ts'
import { recordItem } from './save-item.ts'

const MERGER: Actor = { kind: 'system', id: 'ledger:merger', name: '部门合并', organisation: null }

/** Resources of a merged department become its successor's, each in its own transaction; told twice, nothing is left to do. */
export async function takeMerger(context: LedgerContext, { predecessor, successor }: DomainEvents['identity.organisation-merged']): Promise<void> {
  const { db, store, clock } = context
  for (const id of await store.idsOf(predecessor)) {
    await inTransaction(db, async (trx) => {
      if ((await store.lock(trx, id))?.organisation !== predecessor) return
      const row = await store.update(trx, id, { organisation: successor, changed_at: clock.now(), changed_by: MERGER.name })
      await recordItem(trx, context, { row, actor: MERGER, action: 'passed-on' })
    })
  }
}
