import type { CatalogIndex } from './catalog-index.ts'
import { editDistance } from './edit-distance.ts'
import { fold } from './fold.ts'
import type { QueryTools } from './plan-query.ts'
import { type Run, runsOf } from './tokens.ts'

const MOST_PROPOSALS = 8
const LONGEST_WINDOW = 8
const LATIN_FROM = 4

interface Proposal {
  readonly at: number
  readonly length: number
  readonly word: string
  /** The smaller, the likelier. */
  readonly cost: number
}

/**
 * What may have been meant, likeliest first: words of the index near to what was typed. Chinese words that sound alike (a wrong
 * choice of the input method) or differ in one character; Latin words and pinyin within one or two letters.
 * The caller sees to it that one of them finds something that the searcher may see, and proposes no other.
 */
export function corrections(text: string, tools: QueryTools, index: CatalogIndex): string[] {
  const proposals = runsOf(fold(text)).flatMap((run) => (run.kind === 'han' ? hanProposals(run, tools, index) : run.kind === 'latin' ? latinProposals(run, index) : []))
  return [...new Set(proposals
    .map((proposal) => ({ ...proposal, frequency: index.frequency(proposal.word) }))
    .sort((a, b) => a.cost - b.cost || b.frequency - a.frequency)
    .map(({ at, length, word }) => text.slice(0, at) + word + text.slice(at + length)))].slice(0, MOST_PROPOSALS)
}

function hanProposals(run: Run, tools: QueryTools, index: CatalogIndex): Proposal[] {
  const proposals: Proposal[] = []
  const vocabulary = index.vocabulary()
  const known = new Set(vocabulary)
  for (let length = Math.min(LONGEST_WINDOW, run.text.length); length >= 2; length--) {
    for (let at = 0; at + length <= run.text.length; at++) {
      const typed = run.text.slice(at, at + length)
      if (known.has(typed)) continue
      const [pinyin] = tools.spell(typed)
      // Long words are told apart by more: they are likelier what was meant.
      const propose = (word: string, cost: number): void => void proposals.push({ at: run.at + at, length, word, cost: cost - length / 4 })
      if (pinyin !== undefined) index.eachSpelling(pinyin, (spelling, word) => {
        if (spelling !== pinyin) return false
        if (word.length === length && word !== typed) propose(word, 1 - sharedCharacters(word, typed) / length)
        return true
      })
      if (length >= 3) for (const word of nearWords(typed, vocabulary)) propose(word, 1.5)
    }
  }
  return proposals
}

const sharedCharacters = (a: string, b: string): number => [...a].filter((character, at) => b[at] === character).length

/** Words of three characters and more in which one is wrong, missing, too many, or two are swapped. */
function nearWords(typed: string, vocabulary: readonly string[]): string[] {
  const shared = new Set(typed)
  return vocabulary.filter((word) => {
    if (word.length < 3 || Math.abs(word.length - typed.length) > 1) return false
    let same = 0
    for (const character of word) if (shared.has(character)) same++
    return same >= word.length - 1 && editDistance(word, typed, 1) === 1
  })
}

function latinProposals({ text, at }: Run, index: CatalogIndex): Proposal[] {
  if (text.length < LATIN_FROM || !/^[a-z]+$/.test(text) || index.frequency(text) > 0) return []
  const most = text.length < LATIN_FROM * 2 ? 1 : 2
  const proposals: Proposal[] = []
  const look = (spelling: string, word: string): void => {
    const distance = editDistance(spelling, text, most)
    if (distance <= most) proposals.push({ at, length: text.length, word, cost: distance })
  }
  index.eachTerm('a', (term) => {
    if (term > '{') return false
    if (/^[a-z]+$/.test(term)) look(term, term)
    return true
  })
  index.eachSpelling('a', (spelling, word) => {
    if (spelling.length > LATIN_FROM) look(spelling, word)
    return true
  })
  return proposals
}
