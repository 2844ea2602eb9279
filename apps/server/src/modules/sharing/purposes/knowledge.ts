import type { Trx } from '@datong/metadata-store'
import type { EntryRecord } from '../../catalog/index.ts'
import { kindOf } from './alternatives.ts'
import type { PurposeStore, Word } from './purpose-store.ts'
import { type Knowledge, NOTHING_KNOWN } from './weigh-need.ts'

type Entry = Pick<EntryRecord, 'code' | 'fields'>

/**
 * What is known of a purpose and an entry (null: of whatever entry); nothing without a purpose.
 * @param before learnt from what was decided by then only; now when left out
 */
export async function knowledgeOf(purposes: PurposeStore, purpose: string | null, entry: Entry | null, { before, trx }: { before?: Date; trx?: Trx } = {}): Promise<Knowledge> {
  if (purpose === null) return NOTHING_KNOWN
  const words = await purposes.words(purpose, '', trx)
  if (entry === null) return { ...NOTHING_KNOWN, ofAny: words }
  return {
    ofAny: applied(words, entry), ofEntry: await purposes.words(purpose, entry.code, trx), experience: await purposes.experience(purpose, entry.code, before, trx),
  }
}

/** Words for whatever entry on the fields of this one: on a field of the name, else on one that holds the same (男方身份证号 is a 公民身份号码). */
function applied(words: ReadonlyMap<string, Word>, { fields }: Entry): Map<string, Word> {
  const byKind = new Map([...words].flatMap(([name, word]) => {
    const kind = kindOf({ name, type: 'text', suggestion: null })
    return kind === null ? [] : [[kind, { ...word, reason: `与“${name}”同类。${word.reason}` }] as const]
  }))
  return new Map(fields.flatMap((field) => {
    const kind = kindOf(field)
    const word = words.get(field.name) ?? (kind === null ? undefined : byKind.get(kind))
    return word === undefined ? [] : [[field.name, word] as const]
  }))
}
