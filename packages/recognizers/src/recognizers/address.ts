import { halfWidth } from '@datong/kernel'
import { detectByShare } from '../detect-by-share.ts'
import { namePattern } from '../normalise-text.ts'
import type { Recognizer, Verdict } from '../recognizer.ts'

/** Levels of an address from wide to narrow. */
export const ADDRESS_LEVELS = ['province', 'city', 'county', 'town', 'village', 'road', 'number', 'building', 'room'] as const
export type AddressLevel = (typeof ADDRESS_LEVELS)[number]

/** An address taken apart, and the narrowest level that it names. */
export interface Address {
  readonly parts: Partial<Record<AddressLevel, string>>
  readonly level: AddressLevel
}

const HAN = '\\p{Script=Han}'
/** A character of a division's name: streets are told from districts by these five. */
const PLAIN = `(?:(?![路街巷弄号號])${HAN})`
const NUMBER = '[0-9A-Za-z一二三四五六七八九十百零〇甲乙丙丁]'
/** One pattern a level, each anchored where the level before it ended; every repetition is bounded, so time is linear. */
const PATTERNS: readonly (readonly [AddressLevel, RegExp])[] = [
  [
    'province',
    /^(?:中国)?(?:(?:北京|上海|天津|重庆|重慶)市?|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|臺灣)省?|(?:内蒙古|广西壮族|广西|西藏|宁夏回族|宁夏|新疆维吾尔|新疆)(?:自治区)?|(?:香港|澳门)(?:特别行政区)?)/u,
  ],
  ['city', new RegExp(`^${PLAIN}{1,8}?(?:自治州|地区|市(?!场|場|民)|盟)`, 'u')],
  [
    'county',
    new RegExp(`^${PLAIN}{1,12}?(?:(?<![小社园校厂库])[区區](?![0-9])|自治[县旗]|[县縣]|(?<=${HAN})旗|市(?!场|場|民))`, 'u'),
  ],
  ['town', new RegExp(`^${HAN}{1,10}?(?:街道(?:办事处)?|[镇鎮](?!政府|[东西南北中]?[路街])|[乡鄉](?!政府|[路街])|苏木)`, 'u')],
  ['village', new RegExp(`^[${HAN}0-9]{1,12}?(?:社区|社區|村委会|居委会|村(?!路|街)|[屯庄](?![路街])|里(?![路街弄])|${NUMBER}{1,3}组)(?:${NUMBER}{1,3}[鄰组组队])?`, 'u')],
  [
    'road',
    new RegExp(`^[${HAN}0-9A-Za-z、（）()]{1,20}?(?:大道|大街|胡同|公路|国道|省道|[路街巷弄道])(?:[东西南北中]?(?:${NUMBER}{1,4}[段巷弄衖路])){0,4}`, 'u'),
  ],
  ['number', new RegExp(`^(?:第)?${NUMBER}{1,6}(?:[-~—至、之]${NUMBER}{1,6}){0,3}[号號](?![楼樓])(?:之${NUMBER}{1,3})?|^.{0,12}?[0-9-]{1,9}(?:地號|地号)`, 'u')],
  ['building', new RegExp(`^.{0,20}?${NUMBER}{1,5}(?:号楼|號樓|[幢栋座棟]|单元|單元|楼|樓)`, 'u')],
  ['room', new RegExp(`^.{0,12}?(?:${NUMBER}{1,6}[室户房层層]|[0-9]{1,3}-[0-9]{1,4}(?:-[0-9]{1,5})?$|[0-9]{3,5}$)`, 'u')],
]

/** Takes a Chinese address apart, down to the narrowest level that it names; null when not even a province is found. */
export function parseAddress(value: string): Address | null {
  let rest = halfWidth(value).replace(/\s+/g, '')
  if (rest.length < 2 || rest.length > 120) return null
  const parts: Partial<Record<AddressLevel, string>> = {}
  let level: AddressLevel | null = null
  for (const [at, pattern] of PATTERNS) {
    const found = pattern.exec(rest)?.[0]
    if (found === undefined) continue
    parts[at] = found
    level = at
    rest = rest.slice(found.length)
  }
  return level === null ? null : { parts, level }
}

/** Right when someone could be found there: a road or village, and a number or building or room in it. Divisions alone are doubtful. */
function validate(value: string): Verdict {
  const address = parseAddress(value)
  if (address === null) return 'invalid'
  const { parts } = address
  const place = parts.road ?? parts.village
  const spot = parts.number ?? parts.building ?? parts.room
  const division = parts.county ?? parts.town
  if (place !== undefined && (spot !== undefined || (division !== undefined && parts.road !== undefined))) return 'valid'
  if (parts.building !== undefined && parts.room !== undefined) return 'valid'
  if (division !== undefined && (place !== undefined || spot !== undefined)) return 'valid'
  return 'doubtful'
}

export const address: Recognizer = {
  id: 'address',
  titleZh: '地址',
  titleEn: 'Address',
  category: 'personal',
  source: 'GB/T 23705-2009',
  validate,
  standardise: (value) => (validate(value) === 'valid' ? halfWidth(value).replace(/\s+/g, '') : null),
  detect: (column) =>
    detectByShare(column, validate, {
      names: namePattern('地址|地阯|住址|住所|坐落|座落|门牌|門牌|居住地|户籍地', 'address|addr|home_?addr(?:ess)?|street_?address|dz|zz|jzdz|hjdz|txdz|zcdz'),
      notNames: /网|網|url|web|邮箱|邮件|郵件|电邮|e_?mail|(?:^|_)ip|mac|代码|编码|邮编|类型|变更日期/,
      types: ['text'],
      doubtfulNamed: 0.4,
      doubtfulAlone: 0,
      shareNamed: 0.3,
      shareAlone: 0.7,
      ceilingAlone: 0.95,
    }),
}
