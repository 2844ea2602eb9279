import { detectByShare } from '../detect-by-share.ts'
import { compact, namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const

/**
 * The check character of an organisation code.
 * @param eight exactly 8 characters of 0-9 and A-Z
 * @see GB 11714-1997, 3.4: C9 = 11 - MOD(sum, 11), 10 written X and 11 written 0
 */
export function organisationCodeCheck(eight: string): string {
  let sum = 0
  for (let i = 0; i < 8; i++) sum += Number.parseInt(eight[i]!, 36) * WEIGHTS[i]!
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

function validate(value: string): Verdict {
  const code = compact(value).toUpperCase()
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(code)) return 'invalid'
  return organisationCodeCheck(code.slice(0, 8)) === code[8] ? 'valid' : 'invalid'
}

export const organisationCode: Recognizer = {
  id: 'organisation-code',
  titleZh: '组织机构代码',
  titleEn: 'Organisation code',
  category: 'organisation',
  source: 'GB 11714-1997',
  validate,
  standardise: (value) => {
    const code = compact(value).toUpperCase()
    return validate(code) === 'valid' ? `${code.slice(0, 8)}-${code[8]}` : null
  },
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern('组织机构代码|组织机构码|组织代码', 'zzjgdm|org_?code|organi[sz]ation_?code'),
      types: ['text', 'integer'],
      doubtfulNamed: 0,
      doubtfulAlone: 0,
      shareNamed: 0.3,
      shareAlone: 0.95,
      ceilingAlone: 0.8,
      // Plain nine-digit codes of towns pass the check by chance once in eleven; a real column has letters in it.
      alone: (values) => values.some((value) => /[A-Z]/i.test(value)),
    }),
}
