import { CatalogIndex, documentOf, fold, matchOf, planQuery, synonymsOf } from '@datong/catalog-search'
import { INDEX_SCHEMA } from '../index-schema.ts'
import type { Language } from '../language.ts'
import { SHIPPED_SYNONYMS } from '../shipped-words.ts'

export interface KnownItem {
  readonly asked: number
  /** Share of titles that stood among the first ten for words that tell them apart, 0 to 1. */
  readonly top10: number
  /** The same for two or three of their words by chance, which often fit more than ten titles alike. */
  readonly top10ByChance: number
  /** Share of those questions by chance that ten titles at most fit: what a perfect order is sure of. */
  readonly certainByChance: number
  readonly missed: readonly string[]
}

const NO_FACETS = INDEX_SCHEMA.facets.map(() => null)
const NO_NUMBERS = INDEX_SCHEMA.numbers.map(() => 0)

/** An index of bare titles; keys are their numbers. */
function indexOfTitles(titles: readonly string[], language: Language): CatalogIndex {
  const index = new CatalogIndex(INDEX_SCHEMA)
  for (const [number, title] of titles.entries()) {
    const texts = { title, titleEn: '', keywords: [], fieldNames: [], codes: [], organisation: '', summary: '' }
    index.put(documentOf(texts, { key: String(number), stamp: 1, scopes: ['public'], facets: NO_FACETS, numbers: NO_NUMBERS }, language))
  }
  for (const merging = index.merge(); merging.next().done !== true;);
  return index
}

/**
 * Who knows a title asks for two or three of its words, in simplified script: here those that together fit the fewest titles, as
 * somebody picks who wants that one. Chance picks others for comparison.
 * @param every looks at every so many-th title
 */
export function measureKnownItem(titles: readonly string[], language: Language, every: number, random: () => number): KnownItem {
  const index = indexOfTitles(titles, language)
  const wordsOf = (title: string): string[] => [...new Set(language.cut(fold(title)).filter((word) => word.length >= 2 && /[\p{L}\p{N}]/u.test(word)))]
  const titlesWith = new Map<string, Set<number>>()
  for (const [number, title] of titles.entries()) for (const word of wordsOf(title)) titlesWith.set(word, (titlesWith.get(word) ?? new Set()).add(number))
  const tools = { segment: language.cut, spell: language.spell, synonyms: synonymsOf(SHIPPED_SYNONYMS) }
  const stands = (words: readonly string[], title: string): boolean => {
    const match = matchOf(planQuery(words.join(' '), tools, index))
    const { hits } = index.search({ match, scopes: ['public'], selection: {}, order: { by: 'relevance', descending: true }, limit: 10, count: [] })
    // Some titles stand in the catalogue many times; nobody can tell those apart.
    return hits.some(({ key }) => titles[Number(key)] === title)
  }
  const fitting = (words: readonly string[]): number => {
    const [first, ...others] = words.map((word) => titlesWith.get(word) ?? new Set<number>()).sort((a, b) => a.size - b.size)
    return first === undefined ? 0 : [...first].filter((number) => others.every((set) => set.has(number))).length
  }
  let [asked, found, foundByChance, certain] = [0, 0, 0, 0]
  const missed: string[] = []
  for (let number = 0; number < titles.length; number += every) {
    const title = titles[number] ?? ''
    const words = wordsOf(title)
    if (words.length < 2) continue
    asked++
    const length = Math.min(words.length, random() < 0.5 ? 2 : 3)
    const telling = tellingWords(words, length, fitting)
    if (stands(telling, title)) found++
    else missed.push(`${telling.join(' ')} → ${title}`)
    const chance = words.map((word) => ({ word, at: random() })).sort((a, b) => a.at - b.at).slice(0, length).map(({ word }) => word)
    if (stands(chance, title)) foundByChance++
    if (fitting(chance) <= 10) certain++
  }
  return { asked, top10: found / asked, top10ByChance: foundByChance / asked, certainByChance: certain / asked, missed }
}

/** The pair that fits the fewest titles, and for three the word that leaves the fewest of those. */
function tellingWords(words: readonly string[], length: number, fitting: (words: readonly string[]) => number): string[] {
  let best: string[] = words.slice(0, 2)
  let fewest = Infinity
  for (const [at, one] of words.entries()) {
    for (const other of words.slice(at + 1)) {
      const count = fitting([one, other])
      if (count < fewest) [best, fewest] = [[one, other], count]
    }
  }
  if (length === 2) return best
  const third = words.filter((word) => !best.includes(word)).map((word) => ({ word, count: fitting([...best, word]) })).sort((a, b) => a.count - b.count)[0]
  return third === undefined ? best : [...best, third.word]
}
