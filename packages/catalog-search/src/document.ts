import { fold } from './fold.ts'
import { runsOf, type Segment, termsOf } from './tokens.ts'

/** The texts of one entry, by what they are. */
export interface DocumentTexts {
  readonly title: string
  readonly titleEn: string
  readonly keywords: readonly string[]
  readonly fieldNames: readonly string[]
  readonly codes: readonly string[]
  readonly organisation: string
  readonly summary: string
}

/** What the index holds of one entry, besides its terms. */
export interface DocumentFacts {
  /** The entry's code; a later document with the same key takes its place. */
  readonly key: string
  /** Changes whenever the stored entry does; by it an index finds out what it missed. */
  readonly stamp: number
  /** Who may find it: a search brings documents that share a scope with the searcher. */
  readonly scopes: readonly string[]
  /** One value for each facet of the schema; null counts nowhere. */
  readonly facets: readonly (string | null)[]
  /** One number for each column of the schema. */
  readonly numbers: readonly number[]
}

/** A word of title or keywords, with the ways in which it is typed: whole pinyin, initials. */
export interface VocabularyWord {
  readonly word: string
  readonly spellings: readonly string[]
}

/** An entry ready for the index. */
export interface SearchDocument extends DocumentFacts {
  readonly title: string
  /** Term → what it says about the entry, 1 to 255. */
  readonly impacts: ReadonlyMap<string, number>
  readonly vocabulary: readonly VocabularyWord[]
}

/** Words and their spelling come from outside: dictionaries are large, and their owner edits them. */
export interface DocumentTools {
  /** In search mode: long words with the words inside them. */
  readonly segment: Segment
  readonly spell: (word: string) => readonly string[]
}

/** Weight of a field, and the length at which it neither gains nor loses, in characters. */
const FIELDS = {
  code: { weight: 10, usual: 20 },
  title: { weight: 8, usual: 14 },
  keywords: { weight: 5, usual: 12 },
  titleEn: { weight: 4, usual: 40 },
  fieldNames: { weight: 2, usual: 60 },
  organisation: { weight: 1.5, usual: 10 },
  summary: { weight: 1, usual: 60 },
} as const

/** How far length counts, and how soon more of the same says nothing new. */
const LENGTH_SHARE = 0.6
const SATURATION = 4

/** Words of this length are what people type by pinyin, and what a typing error is corrected to. */
const isVocabulary = (word: string): boolean => word.length >= 2 && word.length <= 8 && /^\p{Script=Han}+$/u.test(word)

/**
 * Weighs the terms of an entry.
 * @see Robertson, Zaragoza 2009, BM25F: fields are weighed before saturation. Usual lengths are constants, so that an entry's
 *   impacts do not depend on the others and need not be counted anew when the catalogue grows.
 */
export function documentOf(texts: DocumentTexts, facts: DocumentFacts, tools: DocumentTools): SearchDocument {
  const weights = new Map<string, number>()
  const add = (field: keyof typeof FIELDS, text: string, grams: boolean): void => {
    const { weight, usual } = FIELDS[field]
    const norm = 1 - LENGTH_SHARE + (LENGTH_SHARE * text.length) / usual
    for (const [term, times] of termsOf(text, tools.segment, grams)) weights.set(term, (weights.get(term) ?? 0) + (weight * times) / norm)
  }
  add('title', texts.title, true)
  add('titleEn', texts.titleEn, false)
  add('keywords', texts.keywords.join(' '), true)
  add('fieldNames', texts.fieldNames.join(' '), true)
  add('code', texts.codes.join(' '), false)
  add('organisation', texts.organisation, true)
  add('summary', texts.summary, false)
  const impacts = new Map<string, number>()
  for (const [term, weight] of weights) impacts.set(term, Math.max(1, Math.round((255 * weight) / (SATURATION + weight))))
  return { ...facts, title: texts.title, impacts, vocabulary: vocabularyOf(texts, tools) }
}

function vocabularyOf({ title, keywords }: DocumentTexts, { segment, spell }: DocumentTools): VocabularyWord[] {
  const words = new Set<string>()
  for (const { kind, text } of runsOf(fold([title, ...keywords].join(' ')))) {
    if (kind === 'han') for (const word of segment(text)) if (isVocabulary(word)) words.add(word)
  }
  return [...words].map((word) => ({ word, spellings: spell(word) }))
}
