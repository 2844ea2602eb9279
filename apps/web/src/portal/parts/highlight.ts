/** A stretch of text, and whether it answers the query. */
export interface Stretch {
  readonly text: string
  readonly hit: boolean
}

/** The words of a query as a person sees them: the whole of it, then its words, each once and the longest first. */
export function queryWords(query: string): string[] {
  const whole = query.trim().toLowerCase()
  if (whole === '') return []
  const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(whole)].filter((part) => part.isWordLike).map((part) => part.segment)
  return [...new Set([whole, ...words])].toSorted((a, b) => b.length - a.length)
}

/** Cuts a text into stretches that are among the words and stretches that are not. Joined again they are the text. */
export function stretches(text: string, words: readonly string[]): Stretch[] {
  const found: Stretch[] = []
  const lower = text.toLowerCase()
  // Some letters change their length in lower case; positions would then not fit the text.
  if (words.length === 0 || lower.length !== text.length) return text === '' ? [] : [{ text, hit: false }]
  let plainFrom = 0
  let at = 0
  while (at < text.length) {
    const word = words.find((candidate) => candidate !== '' && lower.startsWith(candidate, at))
    if (word === undefined) {
      at += 1
      continue
    }
    if (at > plainFrom) found.push({ text: text.slice(plainFrom, at), hit: false })
    found.push({ text: text.slice(at, at + word.length), hit: true })
    at += word.length
    plainFrom = at
  }
  if (plainFrom < text.length) found.push({ text: text.slice(plainFrom), hit: false })
  return found
}
