import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { SharingContext } from '../context.ts'
import type { PurposeRow, PurposeStore } from './purpose-store.ts'

export type PurposesDeps = Pick<SharingContext, 'db' | 'evidence' | 'catalog' | 'clock'>

export interface PurposesContext extends PurposesDeps {
  readonly purposes: PurposeStore
}

/** Writes the evidence of a change of the catalogue of purposes. */
export async function recordPurpose(
  trx: Trx, { evidence }: PurposesContext, change: { purpose: PurposeRow; actor: Actor; action: string; reason: string; detail: Record<string, unknown> },
): Promise<void> {
  const { purpose, actor, action, reason, detail } = change
  await evidence.record(trx, {
    chain: 'decision', action: `sharing.purpose.${action}`, actor, parties: actor.organisation === null ? [] : [actor.organisation],
    subject: { type: 'purpose', id: purpose.code, title: purpose.name }, detail: { revision: purpose.revision, reason, ...detail },
  })
}
