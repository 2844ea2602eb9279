import type { Trx } from '@datong/metadata-store'
import type { PurposeStore } from './purpose-store.ts'
import { type Knowledge, NOTHING_KNOWN } from './weigh-need.ts'

/**
 * What is known of a purpose and an entry; nothing without a purpose.
 * @param before learnt from what was decided by then only; now when left out
 */
export async function knowledgeOf(purposes: PurposeStore, purpose: string | null, entry: string, { before, trx }: { before?: Date; trx?: Trx } = {}): Promise<Knowledge> {
  if (purpose === null) return NOTHING_KNOWN
  const [ofEntry, ofAny, experience] = [
    await purposes.words(purpose, entry, trx), await purposes.words(purpose, '', trx), await purposes.experience(purpose, entry, before, trx),
  ]
  return { ofEntry, ofAny, experience }
}
