/**
 * Text without these signs at its ends, in time linear in its length: a regular expression for an end (`/ +$/`) tries each run of signs inside
 * the text from each of its places.
 * @param signs characters of one code unit each
 */
export function trimSigns(text: string, signs: string, ends: 'both' | 'end' = 'both'): string {
  let from = 0
  let to = text.length
  if (ends === 'both') while (from < to && signs.includes(text[from]!)) from++
  while (to > from && signs.includes(text[to - 1]!)) to--
  return text.slice(from, to)
}
