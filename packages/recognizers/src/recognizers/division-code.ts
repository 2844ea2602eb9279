import { PROVINCE_CODES } from '../data/provinces.ts'
import { detectByShare } from '../detect-by-share.ts'
import { compact, namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

/** Level of a division code by its form: 6 digits county and above, 9 towns, 12 villages; null when it is none. */
export function divisionLevel(value: string): 'province' | 'city' | 'county' | 'town' | 'village' | null {
  const code = compact(value)
  if (!/^\d{6}(?:\d{3}){0,2}$/.test(code) || !PROVINCE_CODES.has(code.slice(0, 2))) return null
  // A deeper part under an empty one would belong to nothing: 330000 005.
  if (code.slice(2, 4) === '00' && code.slice(4, 6) !== '00') return null
  if (code.length === 12 && !code.endsWith('000')) return 'village'
  if (code.length >= 9 && code.slice(6, 9) !== '000') return 'town'
  return code.slice(4, 6) !== '00' ? 'county' : code.slice(2, 4) !== '00' ? 'city' : 'province'
}

/** By form only: which codes existed in which year is a code list's business. */
const validate = (value: string): Verdict => (divisionLevel(value) === null ? 'invalid' : 'valid')

export const divisionCode: Recognizer = {
  id: 'division-code',
  titleZh: '行政区划代码',
  titleEn: 'Division code',
  category: 'place',
  source: 'GB/T 2260-2007, GB/T 10114-2003',
  validate,
  standardise: (value) => (validate(value) === 'valid' ? compact(value) : null),
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern(
        '区划代码|区划码|区划编码|行政区划|地区代码|区域代码|行政区代码|行政區域代碼',
        'xzqh|xzqhdm|qhdm|area_?code|division_?code|region_?code|adcode|county_?code|town_?code',
      ),
      types: ['text', 'integer'],
      doubtfulNamed: 0,
      doubtfulAlone: 0,
      shareNamed: 0.5,
      shareAlone: 0.98,
      ceilingAlone: 0.75,
      alone: (values) => new Set(values).size >= 5,
    }),
}
