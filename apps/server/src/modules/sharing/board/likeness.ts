/** Pairs of neighbouring characters, without blanks and punctuation: good for Chinese, which has no word breaks. */
function pairsOf(text: string): Set<string> {
  const letters = [...text.toLowerCase().replace(/[\s\p{P}]/gu, '')]
  return new Set(letters.slice(1).map((letter, index) => `${letters[index]}${letter}`))
}

/** How alike two texts are, 0 to 1: the Dice coefficient of their pairs of characters. */
export function likeness(a: string, b: string): number {
  const [left, right] = [pairsOf(a), pairsOf(b)]
  if (left.size + right.size === 0) return a === b ? 1 : 0
  const shared = [...left].filter((pair) => right.has(pair)).length
  return (2 * shared) / (left.size + right.size)
}
