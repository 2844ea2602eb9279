import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { CollectionContext } from '../context.ts'
import type { CaptureRow } from './tables.ts'

/** The evidence of what happened to a capture, in the transaction of the change. */
export async function recordCapture(
  trx: Trx, { evidence }: Pick<CollectionContext, 'evidence'>,
  { capture, actor, action, detail = {} }: { capture: CaptureRow; actor: Actor; action: string; detail?: Record<string, unknown> },
): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `collection.capture.${action}`, actor, parties: [capture.organisation], subject: { type: 'capture', id: capture.id, title: capture.object },
    detail: { sourceId: capture.source_id, entryCode: capture.entry_code, state: capture.state, epoch: capture.epoch, changes: capture.seq, ...detail },
  })
}
