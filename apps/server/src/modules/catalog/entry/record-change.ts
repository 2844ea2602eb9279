import { createHash } from 'node:crypto'
import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { CatalogContext } from '../context.ts'
import { descriptionOf } from '../revisions/description.ts'
import { stable } from '../revisions/same.ts'
import { displayCode, type EntryRecord } from './entry.ts'

/** Writes the evidence of a change, the entry's own history and the description as it is now, in the transaction of the change. */
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
    detail: { code: displayCode(entry.code), state: entry.state, revision: entry.revision, ...(reason === '' ? {} : { reason }), ...detail, description: digestOf(entry) },
  })
  const at = context.clock.now()
  await context.entries.addEvent(trx, { code: entry.code, at, actor, action, reason, receiptId })
  await context.revisions.keep(trx, entry, { at, actor, action, reason, receiptId })
}

/** SHA-256 of the description as it is kept at this revision: the receipt proves that the kept one is the one of then. */
const digestOf = (entry: EntryRecord): string => createHash('sha256').update(stable(descriptionOf(entry))).digest('hex')
