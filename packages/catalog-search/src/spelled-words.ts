import type { CatalogIndex } from './catalog-index.ts'

const MOST_WORDS = 40
const MOST_PHRASES = 24

/** Words that are typed so: by whole pinyin or by initials; the most frequent ones. */
export function wordsSpelled(index: CatalogIndex, spelling: string): string[] {
  const words = new Set<string>()
  index.eachSpelling(spelling, (found, word) => found === spelling && words.add(word).size > 0)
  return mostFrequent(index, words, MOST_WORDS)
}

/** Words whose spelling begins so. */
export function wordsSpelledFrom(index: CatalogIndex, beginning: string, most: number): string[] {
  const words = new Set<string>()
  index.eachSpelling(beginning, (found, word) => found.startsWith(beginning) && words.add(word).size < 400)
  return mostFrequent(index, words, most)
}

/** Latin terms that begin so. */
export function termsFrom(index: CatalogIndex, beginning: string, most: number): string[] {
  const terms = new Set<string>()
  index.eachTerm(beginning, (term) => term.startsWith(beginning) && terms.add(term).size < 400)
  return mostFrequent(index, terms, most)
}

/**
 * Phrases of two or three words that are typed so in one go (`rkpc` 人口普查). Words count as neighbours when the index has
 * the pair of characters where they meet.
 */
export function phrasesSpelled(index: CatalogIndex, spelling: string, words = 3): string[][] {
  const found: string[][] = []
  for (let length = spelling.length - 2; length >= 2 && found.length < MOST_PHRASES; length--) {
    const rest = spelling.slice(length)
    const tails = [...wordsSpelled(index, rest).map((word) => [word]), ...(words > 2 && rest.length >= 4 ? phrasesSpelled(index, rest, words - 1) : [])]
    if (tails.length === 0) continue
    for (const head of wordsSpelled(index, spelling.slice(0, length))) {
      for (const tail of tails) if (index.frequency(head.slice(-1) + (tail[0] ?? '').slice(0, 1)) > 0) found.push([head, ...tail])
    }
  }
  return found.slice(0, MOST_PHRASES)
}

function mostFrequent(index: CatalogIndex, words: Iterable<string>, most: number): string[] {
  return [...words].map((word) => ({ word, frequency: index.frequency(word) })).sort((a, b) => b.frequency - a.frequency).slice(0, most).map(({ word }) => word)
}
