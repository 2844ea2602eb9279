import { PROVINCE_CODES } from '../data/provinces.ts'
import { detectByShare } from '../detect-by-share.ts'
import { compact, namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'
import { organisationCodeCheck } from './organisation-code.ts'

/** The 31 characters of the code: digits and capitals without I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const FORM = /^[1-9ANY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{8}[0-9X][0-9A-HJ-NPQRTUWXY]$/

/** What a unified social credit code says. */
export interface CreditCode {
  readonly code: string
  /** 1 institution register, 5 civil affairs, 9 market regulation, and others. */
  readonly registrar: string
  readonly kind: string
  readonly division: string
  readonly organisationCode: string
  /** Whether the last character is right. */
  readonly outerCheck: boolean
  /** Whether the organisation code inside (characters 9 to 17) is right by itself. */
  readonly innerCheck: boolean
}

/**
 * The check character over the first 17 characters: weights are powers of 3 modulo 31.
 * @param seventeen exactly 17 characters of the code's alphabet
 * @see GB 32100-2015, annex A
 */
export function creditCodeCheck(seventeen: string): string {
  let sum = 0
  let weight = 1
  for (let i = 0; i < 17; i++) {
    sum += ALPHABET.indexOf(seventeen[i]!) * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET[(31 - (sum % 31)) % 31]!
}

/** Reads a code; null when length, characters or province are wrong. The two checks are reported, not demanded. */
export function parseCreditCode(value: string): CreditCode | null {
  const code = compact(value).toUpperCase()
  if (!FORM.test(code) || !(PROVINCE_CODES.has(code.slice(2, 4)) || code.startsWith('10', 2))) return null
  return {
    code,
    registrar: code[0]!,
    kind: code[1]!,
    division: code.slice(2, 8),
    organisationCode: code.slice(8, 17),
    outerCheck: creditCodeCheck(code.slice(0, 17)) === code[17],
    innerCheck: organisationCodeCheck(code.slice(8, 16)) === code[16],
  }
}

/** One of two wrong checks is doubtful, since registrars have issued such codes; two wrong ones are an invented code. */
function validate(value: string): Verdict {
  const parsed = parseCreditCode(value)
  if (parsed === null || (!parsed.outerCheck && !parsed.innerCheck)) return 'invalid'
  return parsed.outerCheck && parsed.innerCheck ? 'valid' : 'doubtful'
}

/** Letters that the alphabet lacks and that are misread digits. */
const MISREAD: Readonly<Record<string, string>> = { O: '0', I: '1', Z: '2', S: '5' }

export const unifiedCreditCode: Recognizer = {
  id: 'unified-credit-code',
  titleZh: '统一社会信用代码',
  titleEn: 'Unified social credit code',
  category: 'organisation',
  source: 'GB 32100-2015',
  validate,
  standardise: (value) => {
    const code = compact(value).toUpperCase()
    const mended = code.replace(/[OIZS]/g, (char) => MISREAD[char]!)
    // A misread letter is only put right when both checks then agree; otherwise it would be a guess.
    if (mended !== code) return validate(mended) === 'valid' ? mended : null
    return parseCreditCode(code) === null ? null : code
  },
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern('信用代码|信用码|信用代碼|税号|纳税人识别号', 'tyshxydm|uscc|usci|xydm|nsrsbh|credit_?code|social_?credit'),
      types: ['text', 'integer'],
      doubtfulNamed: 1,
      doubtfulAlone: 1,
      shareNamed: 0.2,
      shareAlone: 0.6,
      ceilingAlone: 1,
    }),
}
