/** Which full-width characters become half-width: letters and digits only, for Chinese punctuation is rightly wide; or all. */
export type Width = 'letters-digits' | 'all'

const LETTERS_DIGITS = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g
const ALL = /[\uff01-\uff5e\u3000]/g

/** Any full-width form. */
const WIDE = /[\uff01-\uff5e\u3000]/

/** Full-width forms (U+FF01–FF5E, U+3000) as the ASCII characters that they stand for. */
export const toHalfWidth = (text: string, what: Width): string =>
  !WIDE.test(text) ? text : text.replace(what === 'all' ? ALL : LETTERS_DIGITS, (one) => (one === '\u3000' ? ' ' : String.fromCharCode(one.charCodeAt(0) - 0xfee0)))
