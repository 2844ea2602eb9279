/** Names that the platform keeps for itself. */
const RESERVED = ['_row', '_line']
const LONGEST_NAME = 200

/**
 * Field names out of header cells: white space trimmed and collapsed, control characters dropped, empty ones numbered
 * as `列3`, repeated ones (without regard to case) as `name_2`, at most 200 characters.
 */
export function cleanFieldNames(cells: readonly string[]): string[] {
  const taken = new Set(RESERVED)
  /** The next number to try, by the name that recurs. */
  const numbers = new Map<string, number>()
  return cells.map((cell, index) => {
    const visible = cell.replace(/[\p{Cc}\p{Cf}\s\u3000]+/gu, ' ').trim()
    const base = Array.from(visible === '' ? `列${index + 1}` : visible).slice(0, LONGEST_NAME).join('')
    const key = base.toLowerCase()
    if (!taken.has(key)) {
      taken.add(key)
      return base
    }
    let number = numbers.get(key) ?? 2
    while (taken.has(`${key}_${number}`)) number++
    numbers.set(key, number + 1)
    taken.add(`${key}_${number}`)
    return `${base}_${number}`
  })
}
