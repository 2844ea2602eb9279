import { segmenter } from '../../../platform/segmenter.ts'
import type { PurposeRow } from './purpose-store.ts'

/** How a text came to its purpose. */
export interface RecognisedPurpose {
  readonly code: string
  readonly name: string
  /** The words of the text that speak for it. */
  readonly words: readonly string[]
}

/** This many different words at least, the name counting as two. */
const ENOUGH = 2

/**
 * Finds the purpose of the catalogue that a text in free words speaks of: the one most of whose words the text has, if it
 * has two at least and more than any other. A text that speaks of two purposes alike, or of none, stays without.
 */
export function recognisePurpose(text: string, purposes: readonly Pick<PurposeRow, 'code' | 'name' | 'words' | 'state'>[]): RecognisedPurpose | null {
  const folded = text.normalize('NFKC').toLowerCase()
  if (folded.trim() === '') return null
  const said = new Set(segmenter().cutForSearch(folded, true))
  const [best, second] = purposes.filter(({ state }) => state !== 'retired').map((purpose) => {
    const words = purpose.words.filter((word) => said.has(word.toLowerCase()) || (word.length > 2 && folded.includes(word.toLowerCase())))
    const named = folded.includes(purpose.name.toLowerCase())
    return { purpose, words: named ? [purpose.name, ...words.filter((word) => word !== purpose.name)] : words, score: words.length + (named ? ENOUGH : 0) }
  }).sort((a, b) => b.score - a.score)
  if (best === undefined || best.score < ENOUGH || best.score === second?.score) return null
  return { code: best.purpose.code, name: best.purpose.name, words: best.words }
}

/** Words that ask for figures rather than rows. */
const FIGURES = ['统计', '分析', '研判', '评估', '规划', '研究', '监测']

export const figureWords = (text: string): string[] => FIGURES.filter((word) => text.includes(word))
