import { fold } from './fold.ts'

/** Folded phrase → the other ways of saying it, folded. */
export type Synonyms = ReadonlyMap<string, readonly string[]>

/** Makes the look-up of groups whose members say the same; a phrase in several groups gets the members of all. */
export function synonymsOf(groups: readonly (readonly string[])[]): Synonyms {
  const found = new Map<string, string[]>()
  for (const group of groups) {
    const members = [...new Set(group.map((phrase) => fold(phrase).trim()).filter((phrase) => phrase !== ''))]
    for (const member of members) {
      const others = members.filter((other) => other !== member)
      found.set(member, [...new Set([...(found.get(member) ?? []), ...others])])
    }
  }
  return found
}

/** A stretch of a run that has synonyms, or one that has none. */
export interface Stretch {
  readonly text: string
  readonly at: number
  readonly synonyms: readonly string[] | null
}

const LONGEST_PHRASE = 16

/** Splits a run where phrases with synonyms stand; the longest phrase wins. */
export function stretchesOf(run: string, synonyms: Synonyms): Stretch[] {
  const stretches: Stretch[] = []
  let plainFrom = 0
  const endPlain = (at: number): void => void (at > plainFrom && stretches.push({ text: run.slice(plainFrom, at), at: plainFrom, synonyms: null }))
  for (let at = 0; at < run.length;) {
    const length = longestPhrase(run, at, synonyms)
    if (length === 0) {
      at++
      continue
    }
    endPlain(at)
    const text = run.slice(at, at + length)
    stretches.push({ text, at, synonyms: synonyms.get(text) ?? [] })
    plainFrom = at += length
  }
  endPlain(run.length)
  return stretches
}

function longestPhrase(run: string, at: number, synonyms: Synonyms): number {
  for (let length = Math.min(LONGEST_PHRASE, run.length - at); length > 1; length--) if (synonyms.has(run.slice(at, at + length))) return length
  return 0
}
