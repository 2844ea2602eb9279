import { halfWidth } from '@datong/kernel'
import { detectByShare } from '../detect-by-share.ts'
import { namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

/** A telephone number taken apart. `local` numbers lack their area code; `service` numbers are 400, 95xxx, 12345. */
export interface Phone {
  readonly kind: 'mobile' | 'landline' | 'taiwan' | 'international' | 'service' | 'local'
  /** Digits without country code, separators and extension. */
  readonly digits: string
  readonly areaCode: string | null
  readonly extension: string | null
}

const EXTENSION = /\s*(?:#|转|轉|分机|分機|ext\.?|x)\s*(\d{1,6})$/i

/** Reads one telephone number; null when it is none. @see 工信部《电信网编号计划》(2017) */
export function parsePhone(value: string): Phone | null {
  const text = halfWidth(value)
  if (text.length > 40) return null
  const extension = EXTENSION.exec(text)
  const bare = extension === null ? text : text.slice(0, extension.index)
  const plain = bare.replace(/[\s\-().—–]/g, '')
  const digits = plain.replace(/^(?:\+|00)?86(?=1[3-9]\d{9}$)/, '').replace(/^(?:\+|00)860?(?=[1-9]\d{8,10}$)/, '0')
  const phone = (kind: Phone['kind'], areaCode: string | null = null, number = digits): Phone => ({
    kind,
    digits: number,
    areaCode,
    extension: extension?.[1] ?? null,
  })
  if (/^1[3-9]\d{9}$/.test(digits)) return phone('mobile')
  const area = /^(010|02\d|0[3-9]\d{2})\d{7,8}$/.exec(digits)?.[1]
  if (area !== undefined && (area.length === 4 || digits.length === 11)) return phone('landline', area)
  if (/^0(?:9\d{8}|[2-8]\d{7,8})$/.test(digits)) return phone('taiwan')
  if (/^[48]00\d{7}$/.test(digits)) return phone('service')
  if (/^\+\d{8,15}$/.test(plain)) return phone('international', null, plain)
  // A hyphen and three to five digits behind a landline is an extension: 0571-87654321-801.
  const tail = /^(0\d{1,3}[\s-]?\d{6,8})-(\d{1,6})$/.exec(bare.trim())
  if (tail !== null) {
    const main = parsePhone(tail[1]!)
    return main === null ? null : { ...main, extension: tail[2]! }
  }
  if (/^(?:12\d{3}|9[56]\d{3,4}|11[09]|12[02])$/.test(digits)) return phone('service')
  if (/^[2-8]\d{6,7}$/.test(digits)) return phone('local')
  return null
}

function validateOne(value: string): Verdict {
  const phone = parsePhone(value)
  if (phone === null) return 'invalid'
  return phone.kind === 'local' || (phone.kind === 'service' && phone.digits.length < 10) ? 'doubtful' : 'valid'
}

/** A cell with several numbers is as good as its worst one. */
function validate(value: string): Verdict {
  if (value.length > 200) return 'invalid'
  const verdicts = value.split(/[、,，;；/]/).map(validateOne)
  return verdicts.includes('invalid') ? 'invalid' : verdicts.includes('doubtful') ? 'doubtful' : 'valid'
}

export const phone: Recognizer = {
  id: 'phone',
  titleZh: '电话号码',
  titleEn: 'Telephone number',
  category: 'personal',
  source: '电信网编号计划（2017年版）',
  validate,
  standardise: (value) => {
    const parsed = parsePhone(value)
    if (parsed === null) return null
    const { areaCode, digits, extension } = parsed
    const main = areaCode === null ? digits : `${areaCode}-${digits.slice(areaCode.length)}`
    return extension === null ? main : `${main}-${extension}`
  },
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern(
        '电话|電話|手机|手機|联系方式|聯絡方式|联络方式|传真|傳真',
        'phone|phone_?(?:no|number)|mobile|mobile_?(?:no|number|phone)|tel|telephone|cellphone|cell|fax|lxdh|lxfs|sjh|sjhm|dhhm|yddh',
      ),
      notNames: /话费|話費|电话费|型号|品牌|数量|次数|时长|开户行|归属地/,
      types: ['text', 'integer'],
      doubtfulNamed: 0.9,
      doubtfulAlone: 0,
      shareNamed: 0.2,
      shareAlone: 0.85,
      ceilingAlone: 0.95,
    }),
}
