import { RE2JS, RE2JSSyntaxException } from 're2js'

const MOST_CHARACTERS = 500

/** A regular expression whose work grows with the text alone, whatever the expression: RE2's, without look-around and back-references. */
export interface LinearPattern {
  replaceAll(text: string, replacement: string): string
  matches(text: string): boolean
  /** Groups of the first match, the whole first; null when there is none. A group that took no part is blank. */
  groups(text: string): readonly string[] | null
  readonly groupCount: number
  split(text: string): readonly string[]
}

/** @returns a Chinese sentence about what is wrong when it cannot be read */
export function readPattern(source: string, ignoreCase: boolean): LinearPattern | string {
  if (source === '') return '请填写表达式'
  if (source.length > MOST_CHARACTERS) return `表达式超过 ${MOST_CHARACTERS} 个字符`
  try {
    return linear(RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0))
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return `表达式不能读：${error.message}（不支持环视与反向引用）`
    throw error
  }
}

const linear = (pattern: RE2JS): LinearPattern => ({
  replaceAll: (text, replacement) => pattern.matcher(text).replaceAll(replacement),
  matches: (text) => pattern.matcher(text).find(),
  groups: (text) => {
    const found = pattern.matcher(text)
    if (!found.find()) return null
    return Array.from({ length: pattern.groupCount() + 1 }, (_, group) => found.group(group) ?? '')
  },
  groupCount: pattern.groupCount(),
  split: (text) => pattern.split(text),
})
