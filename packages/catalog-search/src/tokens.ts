import { fold } from './fold.ts'

/** Cuts a run of Chinese characters into words; in search mode long words come with the words inside them. */
export type Segment = (run: string) => readonly string[]

export type Run = { readonly kind: 'han' | 'latin' | 'other'; readonly text: string; readonly at: number }

const RUN = /(?<han>\p{Script=Han}+)|(?<latin>[a-z0-9]+(?:[._/-][a-z0-9]+)*)|(?<other>(?:(?![a-z0-9]|\p{Script=Han})[\p{L}\p{N}])+)/gu

/** The searchable stretches of a folded text: Chinese, Latin with digits, other scripts. Signs and emoji are none. */
export function runsOf(folded: string): Run[] {
  return [...folded.matchAll(RUN)].map((match) => {
    const { han, latin, other } = match.groups ?? {}
    return { kind: han !== undefined ? 'han' : latin !== undefined ? 'latin' : 'other', text: han ?? latin ?? other ?? '', at: match.index }
  })
}

/** Pairs of neighbouring characters, by which any stretch of a text is found whatever the dictionary knows. */
export const bigramsOf = (run: string): string[] => Array.from({ length: Math.max(0, run.length - 1) }, (_, at) => run.slice(at, at + 2))

const LONGEST_TERM = 48

/** A name or code as a whole; `301001/000123` and `301001-000123` are the same. */
export const wholeOf = (run: string): string => run.replace(/[._/]/g, '-')

/** `credit_code-2` is found as a whole, by `credit`, by `code` and by `2`; `pm2` by `pm` and `2` too. */
function latinTerms(run: string): string[] {
  const pieces = run.split(/[._/-]/).flatMap((part) => [part, ...(part.match(/[a-z]+|\d+/g) ?? [])])
  return [...new Set([wholeOf(run), ...pieces])].filter((term) => term.length <= LONGEST_TERM)
}

/** How much a term says: a word all, a pair of characters that is no word half, a single character a quarter. */
const SHARE = { word: 1, gram: 0.5, character: 0.25 } as const

/**
 * Terms of one field with how often they stand there, pairs and single characters counting less.
 * @param grams whether any stretch of the field shall be found, or its words only (long texts)
 */
export function termsOf(text: string, segment: Segment, grams: boolean): Map<string, number> {
  const found = new Map<string, number>()
  const add = (term: string, share: number): void => void found.set(term, (found.get(term) ?? 0) + share)
  for (const { kind, text: run } of runsOf(fold(text))) {
    if (kind === 'latin') for (const term of latinTerms(run)) add(term, SHARE.word)
    else if (kind === 'other') add(run.slice(0, LONGEST_TERM), SHARE.word)
    else {
      const words = segment(run)
      for (const word of words) add(word, SHARE.word)
      if (!grams) continue
      const known = new Set(words)
      for (const gram of bigramsOf(run)) if (!known.has(gram)) add(gram, SHARE.gram)
      for (const character of run) if (!known.has(character)) add(character, SHARE.character)
    }
  }
  return found
}
