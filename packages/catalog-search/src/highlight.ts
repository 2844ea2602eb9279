import { fold } from './fold.ts'

/** From and to (exclusive), in UTF-16 units. */
export type Range = readonly [number, number]

/** Where phrases stand in a text, merged and in order; script, case and width do not matter. */
export function highlight(text: string, phrases: readonly string[]): Range[] {
  const folded = fold(text)
  const found: [number, number][] = []
  for (const phrase of phrases) {
    if (phrase === '') continue
    for (let at = folded.indexOf(phrase); at >= 0; at = folded.indexOf(phrase, at + phrase.length)) found.push([at, at + phrase.length])
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const merged: [number, number][] = []
  for (const range of found) {
    const last = merged.at(-1)
    if (last !== undefined && range[0] <= last[1]) last[1] = Math.max(last[1], range[1])
    else merged.push([...range])
  }
  return merged
}
