import type { Mask } from './masking-method.ts'

/** Longest run of stars: a long value's length would itself tell something. */
const MOST_STARS = 32

/** As many stars as characters are hidden, at least one, at most 32. */
export const stars = (count: number): string => '*'.repeat(Math.max(1, Math.min(count, MOST_STARS)))

/** The strictest answer, for values that are not what the method is for: nothing of them is kept. */
export const hidden = (text: string): string => stars(text.length > MOST_STARS * 2 ? MOST_STARS : [...text].length)

/** Printed ASCII without blanks, and Chinese characters: most values need nothing done. */
const CLEAN = /^[\x21-\x7e\u4e00-\u9fff]*$/

/** Half-width digits, letters and signs; zero-width characters away; ends trimmed. */
function halfWidth(value: string): string {
  if (CLEAN.test(value)) return value
  let text = value
  if (/[\u3000\uff01-\uff5e]/.test(text)) {
    text = text.replace(/[\u3000\uff01-\uff5e]/g, (char) =>
      char === '\u3000' ? ' ' : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
    )
  }
  if (/[\u200b-\u200d\u2060\ufeff]/.test(text)) text = text.replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
  return text.trim()
}

/** Makes a mask over text: null stays null, blank becomes empty, numbers are read as their digits. */
export function maskText(mask: (text: string) => string): Mask {
  return (value) => {
    if (value === null || value === undefined) return null
    const text = halfWidth(String(value))
    return text === '' ? '' : mask(text)
  }
}
