/** Whether a name fits a pattern in which `*` stands for any characters and `?` for one; capitals count. Time grows with the product of the lengths at most. */
export function fits(pattern: string, name: string): boolean {
  let at = 0
  let place = 0
  let star = -1
  let mark = 0
  while (place < name.length) {
    if (at < pattern.length && pattern[at] === '*') {
      star = at++
      mark = place
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[place])) {
      at++
      place++
    } else if (star !== -1) {
      at = star + 1
      place = ++mark
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
