import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { CatalogContext } from '../context.ts'
import { displayCode, type EntryRecord } from './entry.ts'

/** Writes the evidence of a change and the entry's own history, in the transaction of the change. */
export async function recordChange(
  trx: Trx,
  context: CatalogContext,
  change: { entry: EntryRecord; actor: Actor; action: string; reason?: string; detail?: Record<string, unknown> },
): Promise<void> {
  const { entry, actor, action, reason = '', detail = {} } = change
  const receiptId = await context.evidence.record(trx, {
    chain: 'decision',
    action: `catalog.entry.${action}`,
    actor,
    parties: [entry.organisation],
    subject: { type: 'entry', id: entry.code, title: entry.title },
    detail: { code: displayCode(entry.code), state: entry.state, revision: entry.revision, ...(reason === '' ? {} : { reason }), ...detail },
  })
  await context.entries.addEvent(trx, { code: entry.code, at: context.clock.now(), actor, action, reason, receiptId })
}
