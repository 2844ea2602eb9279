import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { CollectionContext } from './context.ts'
import type { LoadRow } from './loads/load-store.ts'

/** Writes the evidence of what happened to a load, in the transaction of the change. */
export async function recordLoad(
  trx: Trx, context: CollectionContext, change: { load: LoadRow; actor: Actor; action: string; detail?: Record<string, unknown> },
): Promise<void> {
  const { load, actor, action, detail = {} } = change
  await context.evidence.record(trx, {
    chain: 'decision',
    action: `collection.load.${action}`,
    actor,
    parties: [load.organisation],
    subject: { type: 'load', id: load.id, title: `${load.entry_title} · ${load.file_name}` },
    detail: { entryCode: load.entry_code, kind: load.kind, fileName: load.file_name, bytes: load.bytes, sha256: load.sha256, ...detail },
  })
}

/** Writes the evidence of what happened to a version. */
export async function recordVersion(
  trx: Trx, context: CollectionContext,
  change: { entryCode: string; number: number; title: string; organisation: string; actor: Actor; action: string; detail: Record<string, unknown> },
): Promise<void> {
  const { entryCode, number, title, organisation, actor, action, detail } = change
  await context.evidence.record(trx, {
    chain: 'decision',
    action: `collection.version.${action}`,
    actor,
    parties: [organisation],
    subject: { type: 'version', id: `${entryCode}/v${number}`, title: `${title} v${number}` },
    detail: { entryCode, version: number, ...detail },
  })
}
