import type { Learnt, Need, PurposeNeed } from '@datong/contracts'
import type { Experience, Word } from './purpose-store.ts'

/** Standard normal quantile of a two-sided 95 % interval. */
const Z = 1.96

/**
 * Lower bound of the Wilson score interval.
 * @param share part of `support` that says so, 0 to 1
 * @see Wilson 1927; Brown, Cai, DasGupta 2001
 */
export function wilsonLower(share: number, support: number): number {
  if (support === 0) return 0
  const centre = share + (Z * Z) / (2 * support)
  const spread = Z * Math.sqrt((share * (1 - share)) / support + (Z * Z) / (4 * support * support))
  return Math.max(0, (centre - spread) / (1 + (Z * Z) / support))
}

/** What experience says of a field; null when there is none. */
function learn(field: string, { support, withField }: Experience): Learnt | null {
  if (support === 0) return null
  const share = (withField.get(field) ?? 0) / support
  const round = (value: number): number => Math.round(value * 1000) / 1000
  return { support, share: round(share), confidence: round(wilsonLower(Math.max(share, 1 - share), support)) }
}

/** What is known of a purpose and an entry. */
export interface Knowledge {
  readonly ofEntry: ReadonlyMap<string, Word>
  readonly ofAny: ReadonlyMap<string, Word>
  readonly experience: Experience
}

export const NOTHING_KNOWN: Knowledge = { ofEntry: new Map(), ofAny: new Map(), experience: { support: 0, withField: new Map() } }

/**
 * Whether a purpose needs a field. The steward's word for the entry goes first, then the steward's for whatever entry, then
 * what was learnt: with 95 % confidence more (or less) than half of the approved applications have the field. Four alike are
 * the fewest that suffice.
 */
export function needOf(field: string, { ofEntry, ofAny, experience }: Knowledge): PurposeNeed {
  const learnt = learn(field, experience)
  for (const [by, word] of [['steward-entry', ofEntry.get(field)], ['steward', ofAny.get(field)]] as const) {
    if (word !== undefined) return { field, need: word.need, by, reason: word.reason, learnt }
  }
  if (learnt === null || learnt.confidence <= 0.5) return { field, need: 'unknown', by: 'nobody', reason: '', learnt }
  const need: Need = learnt.share >= 0.5 ? 'needed' : 'unusual'
  return { field, need, by: 'learnt', reason: `同一用途已批准的 ${learnt.support} 件申请中，${Math.round(learnt.share * 100)}% 含此项`, learnt }
}

/** How many of the asked fields the purpose is not known to need, and whether anything is known of its needs at all. */
export function excessOf(fields: readonly string[], known: readonly string[], knowledge: Knowledge): { fieldsBeyondNeed: number; needKnown: boolean } {
  return {
    fieldsBeyondNeed: fields.filter((field) => needOf(field, knowledge).need !== 'needed').length,
    needKnown: known.some((field) => needOf(field, knowledge).need === 'needed'),
  }
}
