import type { Trx } from '@datong/metadata-store'
import type { PurposeStore } from './purpose-store.ts'
import { type Knowledge, NOTHING_KNOWN } from './weigh-need.ts'

/**
 * What is known of a purpose and an entry (null: of whatever entry); nothing without a purpose.
 * @param before learnt from what was decided by then only; now when left out
 */
export async function knowledgeOf(purposes: PurposeStore, purpose: string | null, entry: string | null, { before, trx }: { before?: Date; trx?: Trx } = {}): Promise<Knowledge> {
  if (purpose === null) return NOTHING_KNOWN
  const ofAny = await purposes.words(purpose, '', trx)
  if (entry === null) return { ...NOTHING_KNOWN, ofAny }
  return { ofAny, ofEntry: await purposes.words(purpose, entry, trx), experience: await purposes.experience(purpose, entry, before, trx) }
}
