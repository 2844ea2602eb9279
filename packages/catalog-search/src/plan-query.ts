import type { CatalogIndex } from './catalog-index.ts'
import { fold } from './fold.ts'
import type { Alternative, Match } from './request.ts'
import { phrasesSpelled, termsFrom, wordsSpelled, wordsSpelledFrom } from './spelled-words.ts'
import { stretchesOf, type Synonyms } from './synonyms.ts'
import { bigramsOf, runsOf, type Segment, wholeOf } from './tokens.ts'

/** What a query is understood with. */
export interface QueryTools {
  /** Into the longest words, not into all words inside them. */
  readonly segment: Segment
  readonly synonyms: Synonyms
  /** Whole pinyin first, then initials. */
  readonly spell: (word: string) => readonly string[]
}

export type Way = 'word' | 'synonym' | 'pinyin' | 'beginning'

/** One word of the query with all that is looked for in its place. */
export interface QueryPart {
  readonly source: string
  readonly alternatives: readonly Alternative[]
  /** The same for people, and for marking what was found. */
  readonly phrases: readonly { readonly text: string; readonly way: Way }[]
}

export interface QueryPlan {
  readonly parts: readonly QueryPart[]
  readonly better: readonly Alternative[]
}

/** What one way of saying it is worth beside the words as they were written. */
const BOOSTS = { synonym: 0.7, pinyin: 0.5, beginning: 0.35, pairs: 0.8, characters: 0.3, neighbours: 0.5 } as const
/** Words of a query beyond these are not looked for: a pasted page is no question. */
const MOST_PARTS = 16
const MOST_BEGINNINGS = 20
/** Words that stand in so many titles and questions that they tell nothing apart. */
const STOP_WORDS = new Set(['的', '了', '和', '与', '及', '或', '在', '是', '有', '对', '等', '以及', '关于', '请问', '哪些', '什么', '怎么', '哪里', '查询一下', 'the', 'of', 'and', 'in', 'for', 'to', 'a'])

/** Understands a query: what it asks for, word by word, and in which other ways that may be said. */
export function planQuery(text: string, tools: QueryTools, index: CatalogIndex): QueryPlan {
  const parts: QueryPart[] = []
  const better: Alternative[] = []
  for (const { kind, text: run } of runsOf(fold(text))) {
    if (kind !== 'han') {
      parts.push(kind === 'latin' ? latinPart(run, index) : { source: run, alternatives: [{ terms: [run], boost: 1 }], phrases: [{ text: run, way: 'word' }] })
      continue
    }
    for (const part of hanParts(run, tools)) {
      // Words that follow each other are better found side by side, whether a space was typed between them or not.
      const before = parts.at(-1)?.source.slice(-1) ?? ''
      if (/\p{Script=Han}/u.test(before)) better.push({ terms: [before + part.source.slice(0, 1)], boost: BOOSTS.neighbours })
      parts.push(part)
    }
  }
  const telling = parts.filter(({ source }) => !STOP_WORDS.has(source))
  return { parts: (telling.length > 0 ? telling : parts).slice(0, MOST_PARTS), better: better.slice(0, MOST_PARTS) }
}

/** @param required how many of the words a document must have; all when not given */
export const matchOf = ({ parts, better }: QueryPlan, required = parts.length): Match =>
  ({ groups: parts.map(({ alternatives }) => ({ alternatives })), required, better })

function hanParts(run: string, tools: QueryTools): QueryPart[] {
  return stretchesOf(run, tools.synonyms).flatMap(({ text, synonyms }) => {
    if (synonyms === null) return joinSingles(tools.segment(text)).map((word) => wordPart(word, tools.segment))
    const { alternatives, phrases } = wordPart(text, tools.segment)
    return [{
      source: text,
      alternatives: [...alternatives, ...synonyms.flatMap((other) => waysOf(other, tools.segment, BOOSTS.synonym))],
      phrases: [...phrases, ...synonyms.map((other) => ({ text: other, way: 'synonym' as const }))],
    }]
  })
}

const wordPart = (word: string, segment: Segment): QueryPart =>
  ({ source: word, alternatives: waysOf(word, segment, 1), phrases: [{ text: word, way: 'word' }] })

/** Characters that the dictionary left alone stand for a name that it does not know: they are looked for side by side. */
function joinSingles(words: readonly string[]): string[] {
  const joined: string[] = []
  let singles = ''
  const endSingles = (): void => {
    if (singles !== '') joined.push(singles)
    singles = ''
  }
  for (const word of words) {
    if (word.length === 1 && !STOP_WORDS.has(word)) singles += word
    else {
      endSingles()
      joined.push(word)
    }
  }
  endSingles()
  return joined
}

function waysOf(phrase: string, segment: Segment, boost: number): Alternative[] {
  if (phrase.length <= 2 || !/^\p{Script=Han}+$/u.test(phrase)) return latinAware(phrase, segment, boost)
  const words = [...segment(phrase)]
  const known = words.some((word) => word.length > 1)
  return [
    { terms: words, boost: known ? boost : boost * BOOSTS.characters },
    { terms: bigramsOf(phrase), boost: boost * BOOSTS.pairs },
  ]
}

/** Short words stand for themselves; a synonym may mix scripts, and then all its runs are looked for. */
function latinAware(phrase: string, segment: Segment, boost: number): Alternative[] {
  const terms = runsOf(phrase).flatMap(({ kind, text }) => (kind === 'han' && text.length > 2 ? [...segment(text)] : [text]))
  const alone = phrase.length === 2 && terms.length === 1 && /^\p{Script=Han}+$/u.test(phrase)
  return terms.length === 0 ? [] : [{ terms: alone ? [phrase] : terms, boost }]
}

function latinPart(written: string, index: CatalogIndex): QueryPart {
  const run = wholeOf(written)
  const pieces = run.split('-')
  const part = {
    source: written,
    alternatives: [{ terms: [run], boost: 1 }, ...(pieces.length > 1 ? [{ terms: pieces, boost: BOOSTS.pairs }] : [])] as Alternative[],
    phrases: [{ text: written, way: 'word' }] as { text: string; way: Way }[],
  }
  const add = (phrase: readonly string[], way: 'pinyin' | 'beginning'): void => {
    const terms = phrase.flatMap((word, at) => (at === 0 ? [word] : [(phrase[at - 1] ?? '').slice(-1) + word.slice(0, 1), word]))
    part.alternatives.push({ terms, boost: BOOSTS[way] })
    part.phrases.push({ text: phrase.join(''), way })
  }
  const frequency = index.frequency(run)
  if (/^[a-z]{2,40}$/.test(run)) {
    const words = wordsSpelled(index, run)
    for (const word of words) add([word], 'pinyin')
    if (words.length === 0 && frequency === 0 && run.length >= 4) for (const phrase of phrasesSpelled(index, run)) add(phrase, 'pinyin')
  }
  if (frequency === 0 && part.alternatives.every(({ terms }) => terms.some((term) => index.frequency(term) === 0)) && run.length >= 2) {
    for (const term of termsFrom(index, run, MOST_BEGINNINGS)) add([term], 'beginning')
    if (/^[a-z]+$/.test(run)) for (const word of wordsSpelledFrom(index, run, MOST_BEGINNINGS)) add([word], 'pinyin')
  }
  return part
}
