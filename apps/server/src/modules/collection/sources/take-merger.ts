import type { Actor } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import type { CollectionContext } from '../context.ts'
import { recordSource } from './record-source.ts'

const MERGER: Actor = { kind: 'system', id: 'collection:merger', name: '部门合并', organisation: null }

/** Sources of a merged department become its successor's; a name that is taken there gets the old code behind it. */
export async function takeSourceMerger(context: CollectionContext, { predecessor, successor }: { predecessor: string; successor: string }): Promise<void> {
  const { sources, store } = context
  for (const id of await sources.ofOrganisation(predecessor)) {
    await inTransaction(store.db, async (trx) => {
      const before = await sources.lock(trx, id)
      if (before?.organisation !== predecessor) return
      const isTaken = (await sources.findByName(trx, successor, before.name)) !== undefined
      const source = await sources.change(trx, id, { organisation: successor, ...(isTaken ? { name: `${before.name.slice(0, 90)} (${predecessor})` } : {}) })
      await recordSource(trx, context, { source, actor: MERGER, action: 'passed-on', detail: { from: predecessor } })
    })
  }
}
