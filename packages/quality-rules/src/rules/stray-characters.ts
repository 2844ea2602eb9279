import { countRows, flagOf, isNull, not, onField, parameter } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** RE2: `\x{…}` are code points. Full-width punctuation is right in Chinese text and not meant. */
const WIDE = String.raw`[\x{FF10}-\x{FF19}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}]`
const UNSEEN = String.raw`[\x{00}-\x{08}\x{0B}\x{0C}\x{0E}-\x{1F}\x{7F}\x{AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}\x{FEFF}]`
const BLANK = String.raw`[ \t\r\n\x{A0}\x{3000}]`
const STRAY = `${WIDE}|${UNSEEN}|^${BLANK}|${BLANK}$`
/**
 * What a spreadsheet runs instead of showing it: a text from an equals sign on, or one from another such sign on that calls a function or
 * another program. Numbers with a sign, dashes and accounts beginning with @ stay texts.
 * @see OWASP, CSV Injection
 */
const FORMULA = String.raw`^[\s\x{3000}]*(?:[=\x{FF1D}][\s\x{3000}]*[^\s\x{3000}=\x{FF1D}]|[+\-@\x{FF0B}\x{FF0D}\x{FF20}][^\s(]*(?:[A-Za-z_.]+\(|\|))`

/** Characters that do not belong: letters and digits of full width, blanks at the ends, signs that nobody sees, and what begins a formula. */
export const strayCharacters: RuleDefinition = {
  id: 'stray-characters',
  dimension: 'normativity',
  titleZh: '全角与不可见字符',
  titleEn: 'Width and invisible characters',
  aboutZh: '没有全角的字母数字、首尾空白和不可见字符，也不是表格软件会当作公式执行的文本。',
  aboutEn: 'No full-width letters and digits, blanks at the ends or invisible characters, and no text that a spreadsheet would run as a formula.',
  source: 'GB/T 36344-2018, 规范性：数据标准',
  scope: 'field',
  parameters: [parameter('boolean', ['formulasAllowed', '允许公式样的文本', 'Texts like formulas are allowed'], { default: false })],
  weight: 1,
  severity: 'minor',
  toleranceShare: 0,
  plan: (rule, subject) => onField(rule, subject, ({ name }) => {
    const stray = flagOf(rule, 'formulasAllowed') ? STRAY : `${STRAY}|${FORMULA}`
    return countRows({ op: 'finds', field: name, pattern: stray }, not(isNull(name)))
  }, ['text']),
}
