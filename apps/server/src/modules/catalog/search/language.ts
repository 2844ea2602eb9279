import type { DocumentTools } from '@datong/catalog-search'
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { pinyin } from 'pinyin-pro'

/** Cutting and spelling, with the words that the steward added. */
export interface Language extends DocumentTools {
  /** Into the longest words, for queries. */
  readonly cut: (run: string) => readonly string[]
}

/** So frequent that no other way of cutting wins against a word of our own. */
const OWN_WORD_FREQUENCY = 1_000_000
const SPELLINGS_KEPT = 200_000

/** Loads the dictionary (5 MB, some 40 in memory) with words of our own. */
export function loadLanguage(words: readonly string[]): Language {
  const jieba = Jieba.withDict(dict)
  if (words.length > 0) jieba.loadDict(Buffer.from(words.map((word) => `${word} ${OWN_WORD_FREQUENCY} n\n`).join('')))
  const spellings = new Map<string, readonly string[]>()
  return {
    segment: (run) => jieba.cutForSearch(run, false),
    cut: (run) => jieba.cut(run, false),
    spell: (word) => {
      let found = spellings.get(word)
      if (found === undefined) {
        // Letters that sound otherwise in this word than alone are read as in the word.
        const syllables = pinyin(word, { toneType: 'none', type: 'array', v: true })
        found = [syllables.join(''), syllables.map((syllable) => syllable.slice(0, 1)).join('')]
        if (spellings.size >= SPELLINGS_KEPT) spellings.clear()
        spellings.set(word, found)
      }
      return found
    },
  }
}
