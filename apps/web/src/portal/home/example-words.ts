import type { EntrySummary } from '@datong/contracts'

const MOST = 6

/** One keyword of each of several data sets, from different themes as far as there are. */
export function exampleWords(entries: readonly Pick<EntrySummary, 'theme' | 'keywords'>[]): string[] {
  const words = new Set<string>()
  const themes = new Set<string>()
  const rest: string[] = []
  for (const { theme, keywords } of entries) {
    const word = keywords.find((keyword) => !words.has(keyword))
    if (word === undefined) continue
    if (themes.has(theme)) rest.push(word)
    else words.add(word)
    themes.add(theme)
  }
  return [...new Set([...words, ...rest])].slice(0, MOST)
}
