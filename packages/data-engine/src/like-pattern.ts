/** In characters; longer than any that a person writes. */
const LONGEST_PATTERN = 1000
/** An escape with nothing after it, which no engine takes. */
const OPEN_ESCAPE = /(^|[^\\])(\\\\)*\\$/

/** Whether a text is a pattern of `like`: of at most 1,000 characters, and not ending within an escape. */
export const isLikePattern = (text: string): boolean => text.length <= LONGEST_PATTERN && !OPEN_ESCAPE.test(text)

/** A piece of a pattern: text as it stands, any one character (`_`), or any number of them (`%`). */
export type LikePart = { readonly text: string } | { readonly any: 'one' | 'many' }

/** The pieces of a pattern of `like`; neither two texts nor two `%` stand side by side. */
export function likeParts(pattern: string): LikePart[] {
  const parts: LikePart[] = []
  for (const [sign, escaped] of pattern.matchAll(/\\(.)|[%_]|[^\\%_]+/gsu)) {
    const last = parts.at(-1)
    if (sign === '_') parts.push({ any: 'one' })
    else if (sign !== '%') parts.push({ text: (last !== undefined && 'text' in last ? (parts.pop(), last.text) : '') + (escaped ?? sign) })
    else if (last === undefined || 'text' in last || last.any === 'one') parts.push({ any: 'many' })
  }
  return parts
}

/**
 * A pattern of `like` as a regular expression (RE2) for the whole text, in which the dot must take line ends, too. It runs in linear time, which
 * matching `like` itself need not: DuckDB 1.5 tries all ways to share a text out among the `%`, a minute for eight of them on 60 letters.
 */
export const likeExpression = (pattern: string): string =>
  likeParts(pattern).map((part) => ('text' in part ? part.text.replace(/[\x20-\x7e]/g, (sign) => (/\w/.test(sign) ? sign : `\\${sign}`)) : part.any === 'one' ? '.' : '.*')).join('')
