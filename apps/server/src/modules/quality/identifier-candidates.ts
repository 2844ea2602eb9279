import type { FieldProfile } from '@datong/data-engine'
import type { RecognizerId } from '@datong/recognizers'

/** Names that a key has, Chinese or English, or as pinyin initials. */
const KEY_NAME = /编号|編號|代码|代碼|编码|證號|证号|号码|號碼|序号|序號|统一.*码|(?:^|[^a-z])(?:id|no|code|key|number|uuid|xh|bh|bm)(?:$|[^a-z])/i
/** What a kind of number says for itself: registers of organisations have it as their key, a person's number is rather a link. */
const KEY_KINDS: Partial<Record<RecognizerId, number>> = { 'unified-credit-code': 3, 'organisation-code': 3, 'citizen-number': 1, passport: 1 }
const NAMED_KEY = 2
/** In a small table many a field is different in each row by chance. */
const ENOUGH_ROWS = 50
/** A text that is unique without being a key: names, addresses, remarks. */
const LONGEST_KEY = 40

/** Fields by which rows can be told apart, the likeliest first; position decides between equals. */
export function identifierCandidates(profiles: readonly FieldProfile[], recognised: ReadonlyMap<string, RecognizerId>): string[] {
  return profiles
    .filter(({ identifierCandidate, length }) => identifierCandidate && (length?.max ?? 0) <= LONGEST_KEY)
    .map(({ name, rows }, index) => {
      const kind = recognised.get(name)
      const weight = kind === undefined ? (KEY_NAME.test(name) ? NAMED_KEY : 0) : (KEY_KINDS[kind] ?? 0)
      return { name, index, weight, plausible: weight > 0 || (kind === undefined && rows >= ENOUGH_ROWS) }
    })
    .filter(({ plausible }) => plausible)
    .toSorted((a, b) => b.weight - a.weight || a.index - b.index)
    .map(({ name }) => name)
}
