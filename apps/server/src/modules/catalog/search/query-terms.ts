import { segmenter } from '../../../platform/segmenter.ts'

/**
 * The words of a query, for matching all of them: width-folded, lower-cased, Chinese runs segmented, at most 12.
 */
export function queryTerms(query: string): string[] {
  const folded = query.normalize('NFKC').toLowerCase().trim()
  if (folded === '') return []
  const words = segmenter().cut(folded, false).map((word) => word.trim()).filter((word) => /[\p{L}\p{N}]/u.test(word))
  return [...new Set(words.length > 0 ? words : [folded])].slice(0, 12)
}

/** A `LIKE` pattern that finds the term itself anywhere: its own wildcards are escaped. */
export const containing = (term: string): string => `%${term.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
