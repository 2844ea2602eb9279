import { trimSigns } from '@datong/kernel'
import { literal } from '../sql.ts'

/** A constant of a caller's, quoted; `checkMeasures` has refused texts with a zero character, at which a statement would end. */
export const constant = (value: string | number | boolean): string => (typeof value === 'string' ? literal(value) : String(value))

/** What stands at the ends of texts without saying anything: white space, also of full width, and signs without width. */
const EMPTY_SIGNS = [' ', '\t', '\r', '\n', '\v', '\f', '\u00a0', '\u3000', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad']
const EMPTY_LIST = literal(EMPTY_SIGNS.join(''))

/**
 * Whether a text is null or says nothing. Texts that begin with a printing sign of ASCII or a Chinese character, nearly all, are known
 * by that: comparing the first bytes costs a tenth of trimming.
 */
export const blankText = (column: string): string =>
  `CASE WHEN ${column} >= '!' AND ${column} < chr(127) THEN false WHEN ${column} >= '一' AND ${column} < '\u{a000}' THEN false ELSE coalesce(trim(${column}, ${EMPTY_LIST}) = '', true) END`

const FULL_WIDTH = Array.from({ length: 94 }, (_, i) => String.fromCodePoint(0xff01 + i)).join('') + '\u3000'
const HALF_WIDTH = Array.from({ length: 94 }, (_, i) => String.fromCodePoint(0x21 + i)).join('') + ' '

/** Full width to half. */
export const halfWidth = (text: string): string => `translate(${text}, ${literal(FULL_WIDTH)}, ${literal(HALF_WIDTH)})`

/** As comparisons fold: full width to half, nothing at the ends, lower case. Printing ASCII and Chinese characters have their width, and no blanks. */
export const folded = (text: string): string =>
  `CASE WHEN regexp_full_match(${text}, '[\\x{21}-\\x{7e}\\x{4e00}-\\x{9fff}]*') THEN lower(${text}) ELSE lower(trim(${halfWidth(text)}, ${EMPTY_LIST})) END`

/** A value folded the same way, here. */
export const foldValue = (value: string): string =>
  trimSigns(value.replace(/[\u3000\uff01-\uff5e]/g, (sign) => (sign === '\u3000' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0))), EMPTY_SIGNS.join('')).toLowerCase()

/** As recognisers read codes: half width, without blanks, hyphens and dots between groups, capitals. */
export const compacted = (text: string): string =>
  `upper(regexp_replace(${halfWidth(text)}, ${literal(String.raw`[\s\x{0b}\x{a0}\x{1680}\x{2000}-\x{200d}\x{2028}\x{2029}\x{202f}\x{205f}\x{2060}\x{3000}\x{feff}\-.·•\x{2010}-\x{2015}]`)}, '', 'g'))`
