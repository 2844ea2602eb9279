import { PLATE_PROVINCES } from '../data/provinces.ts'
import { detectByShare } from '../detect-by-share.ts'
import { compact, namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

const ORDINARY = new RegExp(`^[${PLATE_PROVINCES}][A-HJ-NP-Z](?=(?:.*\\d){2})[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]$`)
/** New energy: the letter stands first for small cars, last for large ones. */
const NEW_ENERGY = new RegExp(`^[${PLATE_PROVINCES}][A-HJ-NP-Z](?:[A-HJK][A-HJ-NP-Z0-9]\\d{4}|\\d{5}[A-HJK])$`)
const SPECIAL = new RegExp(`^(?:\\d{6}[使领]|[${PLATE_PROVINCES}][A-HJ-NP-Z]\\d{4}领|WJ[${PLATE_PROVINCES}]?\\d{4}[0-9A-Z]|[VKHBSLJNGCE][A-DKHJ]\\d{5})$`)

const standard = (value: string): string => compact(value).toUpperCase()

function validate(value: string): Verdict {
  const text = standard(value)
  if (text.length < 7 || text.length > 9) return 'invalid'
  return ORDINARY.test(text) || NEW_ENERGY.test(text) || SPECIAL.test(text) ? 'valid' : 'invalid'
}

export const plate: Recognizer = {
  id: 'plate',
  titleZh: '机动车号牌号码',
  titleEn: 'Number plate',
  category: 'personal',
  source: 'GA 36-2018',
  validate,
  standardise: (value) => (validate(value) === 'valid' ? standard(value) : null),
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern('车牌|車牌|号牌|車號|车号', 'plate|plate_?(?:no|number)|licen[cs]e_?plate|cph|cphm|hphm'),
      notNames: /号牌种类|车牌类型|车牌颜色|号牌颜色/,
      types: ['text'],
      doubtfulNamed: 0,
      doubtfulAlone: 0,
      shareNamed: 0.2,
      shareAlone: 0.6,
      ceilingAlone: 1,
      // Military plates look like ordinary part numbers; a column of plates names provinces.
      alone: (values) => values.filter((value) => PLATE_PROVINCES.includes(value[0] ?? ' ')).length >= values.length / 2,
    }),
}
