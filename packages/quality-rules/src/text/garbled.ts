import { isMojibake, MOJIBAKE_SUSPECTS } from './mojibake.ts'

/** Replacement characters, private use, C1 controls, and the classic ends of double conversions. */
const SURELY = /[\ufffd\ue000-\uf8ff\u0080-\u0084\u0086-\u009f]|锟斤拷|烫烫烫|屯屯屯|ï¿½|ï»¿|\?{3,}/
/** UTF-8 read as Latin-1 or Windows-1252: a lead byte's letter and then only the bytes that may follow it. */
const LATIN = /(?:[\u00c2\u00c3][\u00a0-\u00bf\u2020-\u203a])|(?:[\u00e2-\u00e9][\u00a0-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2})/
/**
 * RE2 of texts that may be garbled, for an engine to leave out the others: what `isGarbled` finds, this finds, and some more.
 */
export const GARBLED_SUSPECTS = [
  String.raw`[\x{FFFD}\x{E000}-\x{F8FF}\x{0080}-\x{0084}\x{0086}-\x{009F}\x{00C2}\x{00C3}\x{00E2}-\x{00EF}]|\?\?\?`,
  '锟斤拷|烫烫烫|屯屯屯',
  MOJIBAKE_SUSPECTS,
].join('|')

/** Whether a text shows signs of a wrong encoding. */
export const isGarbled = (value: string): boolean => SURELY.test(value) || LATIN.test(value) || isMojibake(value)
