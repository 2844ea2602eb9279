import { detectByShare } from '../detect-by-share.ts'
import { compact, namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

/** Ordinary (E, G, EA to EZ without I and O), diplomatic (D), service (S), public affairs (P), old books 14 and 15. */
const CHINESE = /^(?:[DEGPS]\d{8}|[DEPS][A-HJ-NP-Z]\d{7}|1[45]\d{7})$/
/** Passes for Hong Kong, Macao and Taiwan residents, and passports of those regions. */
const REGIONAL = /^(?:[CHKM][A-Z]?\d{8}|[HM]\d{10}|MA\d{7}|T\d{8}|L\d{8})$/

function validate(value: string): Verdict {
  const text = compact(value).toUpperCase()
  if (CHINESE.test(text) || REGIONAL.test(text)) return 'valid'
  return /^(?=.*\d)[A-Z0-9]{6,9}$/.test(text) ? 'doubtful' : 'invalid'
}

export const passport: Recognizer = {
  id: 'passport',
  titleZh: '护照及通行证号码',
  titleEn: 'Passport or travel permit number',
  category: 'personal-sensitive',
  source: 'ICAO Doc 9303; series issued by the National Immigration Administration',
  validate,
  standardise: (value) => (validate(value) === 'invalid' ? null : compact(value).toUpperCase()),
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern('护照|護照|通行证号|通行證號', 'passport|passport_?(?:no|number)|hzhm|hzh'),
      notNames: /类型|有效期|签发/,
      types: ['text'],
      doubtfulNamed: 0.8,
      doubtfulAlone: 0,
      shareNamed: 0.3,
      // Serial numbers of goods look alike: without the name it is only worth a hint to the officer.
      shareAlone: 0.95,
      ceilingAlone: 0.55,
    }),
}
