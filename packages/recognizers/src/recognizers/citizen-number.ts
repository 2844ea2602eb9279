import { isCalendarDate, isoDate } from '../calendar-date.ts'
import { PROVINCE_CODES } from '../data/provinces.ts'
import { detectByShare } from '../detect-by-share.ts'
import { compact, namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECK_CHARACTERS = '10X98765432'

/** What a citizen number says. */
export interface CitizenNumber {
  readonly form: '18' | '15'
  /** Division code (GB/T 2260) of the place of first registration, 6 digits; for permits of foreigners it begins with 9. */
  readonly division: string
  /** `YYYY-MM-DD`. */
  readonly birthDate: string
  readonly sex: 'male' | 'female'
  /** The same number with 18 characters. */
  readonly eighteen: string
}

/**
 * The check character over the first 17 digits (ISO 7064 MOD 11-2).
 * @param seventeen exactly 17 digits
 * @see GB 11643-1999, annex A
 */
export function citizenNumberCheck(seventeen: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (seventeen.charCodeAt(i) - 48) * WEIGHTS[i]!
  return CHECK_CHARACTERS[sum % 11]!
}

/**
 * Turns a 15-digit number of the first generation into 18 characters: the century is put in, the check character added.
 * Sequence numbers 996 to 999 were kept for people born before 1900; they have the century 18.
 * @returns null when it is not 15 digits with a real date
 */
export function toEighteenDigits(fifteen: string): string | null {
  if (!/^\d{15}$/.test(fifteen)) return null
  const century = Number(fifteen.slice(12)) >= 996 ? '18' : '19'
  const seventeen = fifteen.slice(0, 6) + century + fifteen.slice(6)
  return isDateAt6(seventeen) ? seventeen + citizenNumberCheck(seventeen) : null
}

const isDateAt6 = (digits: string): boolean =>
  isCalendarDate(Number(digits.slice(6, 10)), Number(digits.slice(10, 12)), Number(digits.slice(12, 14)))

/** A province, or a permanent residence permit of a foreigner: 9, then the province that issued it. */
const isKnownDivision = (six: string): boolean =>
  six.startsWith('9') ? PROVINCE_CODES.has(six.slice(1, 3)) : PROVINCE_CODES.has(six.slice(0, 2)) || six.startsWith('83')

/**
 * Reads a citizen number, 18 or 15 characters, blanks and full-width digits allowed.
 * @returns null when length, digits, province, date or check character are wrong
 * @see GB 11643-1999
 */
export function parseCitizenNumber(value: string): CitizenNumber | null {
  const text = compact(value).toUpperCase()
  const eighteen = text.length === 15 ? toEighteenDigits(text) : text
  if (eighteen === null || !/^\d{17}[\dX]$/.test(eighteen)) return null
  const year = Number(eighteen.slice(6, 10))
  if (!isKnownDivision(eighteen.slice(0, 6)) || year < 1800 || year > 2099 || !isDateAt6(eighteen)) return null
  if (citizenNumberCheck(eighteen) !== eighteen[17]) return null
  return {
    form: text.length === 15 ? '15' : '18',
    division: eighteen.slice(0, 6),
    birthDate: isoDate(year, Number(eighteen.slice(10, 12)), Number(eighteen.slice(12, 14))),
    sex: Number(eighteen[16]) % 2 === 1 ? 'male' : 'female',
    eighteen,
  }
}

/** The 15-digit form has no check character and has not been valid for identification since 2013: doubtful at best. */
function validate(value: string): Verdict {
  const parsed = parseCitizenNumber(value)
  if (parsed === null) return 'invalid'
  return parsed.form === '18' ? 'valid' : 'doubtful'
}

export const citizenNumber: Recognizer = {
  id: 'citizen-number',
  titleZh: '公民身份号码',
  titleEn: 'Citizen number',
  category: 'personal-sensitive',
  source: 'GB 11643-1999',
  validate,
  standardise: (value) => parseCitizenNumber(value)?.eighteen ?? null,
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern(
        '身份证|身分证|身份證|身分證|身份号|公民身份|证件号|證件號|证照号码',
        'id_?card|id_?card_?(?:no|num|number)|citizen_?(?:no|id|number)|sfzh|sfzhm|sfz|gmsfhm|gmsfzh|zjhm|idcard_?no|idno|id_number|identity_?(?:no|number|card)',
      ),
      notNames: /证件类型|证件种类|有效期|签发|发证|照片|企业身份/,
      types: ['text', 'integer'],
      doubtfulNamed: 1,
      doubtfulAlone: 1,
      shareNamed: 0.2,
      shareAlone: 0.5,
      ceilingAlone: 1,
    }),
}
