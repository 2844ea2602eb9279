/** What takes no room on a page and is in the data by accident: zero-width characters, direction marks, soft hyphen, controls. */
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g
const RUNS = /\s+/g

/** What becomes of spaces inside a text. */
export type InnerSpaces = 'keep' | 'one' | 'none'

/** Any character that trimming may take away. */
const DOUBTFUL = new RegExp(`\\s|${INVISIBLE.source}`)

/** Takes away spaces at both ends and invisible characters; spaces inside as asked. */
export function trimText(text: string, inner: InnerSpaces): string {
  if (!DOUBTFUL.test(text)) return text
  // Of the same spaces as `\s`, the ideographic one and the no-break one among them.
  const trimmed = text.replace(INVISIBLE, '').trim()
  return inner === 'keep' ? trimmed : trimmed.replace(RUNS, inner === 'one' ? ' ' : '')
}
