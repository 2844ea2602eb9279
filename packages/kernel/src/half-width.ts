/** Printed ASCII without blanks, and Chinese characters: most values need nothing done. */
const CLEAN = /^[\x21-\x7e\u4e00-\u9fff]*$/

/** Full-width ASCII to half width, the ideographic space to a space, zero-width characters away, ends trimmed. */
export function halfWidth(value: string): string {
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
