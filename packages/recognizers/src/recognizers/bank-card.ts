import { detectByShare } from '../detect-by-share.ts'
import { compact, namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

/** Whether the last digit is right by the Luhn formula. @see ISO/IEC 7812-1, annex B */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    const twice = digit * 2
    sum += i % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice
  }
  return sum % 10 === 0
}

/** Banks' issuer numbers begin with 3 to 6 (and 2 at MasterCard, 9 with some older Chinese cards: doubtful). */
function validate(value: string): Verdict {
  const digits = compact(value)
  if (!/^[1-9]\d{12,18}$/.test(digits) || /^(\d)\1+$/.test(digits) || !passesLuhn(digits)) return 'invalid'
  return /^[3-6]/.test(digits) ? 'valid' : 'doubtful'
}

export const bankCard: Recognizer = {
  id: 'bank-card',
  titleZh: '银行卡号',
  titleEn: 'Bank or credit card number',
  category: 'personal-sensitive',
  source: 'ISO/IEC 7812-1',
  validate,
  standardise: (value) => (validate(value) === 'invalid' ? null : compact(value)),
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern(
        '银行卡|銀行卡|信用卡|借记卡|储蓄卡|银行账|银行帐|銀行帳|卡号|卡號|收款账|收款帐|开户账|开户帐|结算账|账号|帐号',
        'bank_?card|bank_?card_?(?:no|number)|bank_?account|credit_?card|card_?(?:no|number)|yhkh|yhzh|kh|account_?(?:no|number)',
      ),
      notNames: /社保卡|医保卡|健康卡|就诊卡|学生卡|会员卡|发卡行|开户行|类型|有效期/,
      types: ['text', 'integer'],
      doubtfulNamed: 0.5,
      doubtfulAlone: 0,
      shareNamed: 0.3,
      shareAlone: 0.85,
      ceilingAlone: 0.95,
    }),
}
