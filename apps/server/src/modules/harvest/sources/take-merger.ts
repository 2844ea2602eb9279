import type { Actor } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import type { DomainEvents } from '../../../platform/events.ts'
import type { HarvestContext } from '../deps.ts'
import { recordSource } from './record-source.ts'

const MERGER: Actor = { kind: 'system', id: 'harvest:merger', name: '部门合并', organisation: null }

/** Sources of a merged department become its successor's, each in its own transaction; told twice, nothing is left to do. */
export async function takeMerger(context: HarvestContext, { predecessor, successor }: DomainEvents['identity.organisation-merged']): Promise<void> {
  const { db, store } = context
  for (const id of await store.sourcesOf(predecessor)) {
    await inTransaction(db, async (trx) => {
      if ((await store.lockSource(trx, id))?.organisation !== predecessor) return
      await recordSource(trx, context, { source: await store.updateSource(trx, id, { organisation: successor }), actor: MERGER, action: 'passed-on' })
    })
  }
}
