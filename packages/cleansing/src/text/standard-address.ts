import { type Address, type AddressLevel, parseAddress } from '@datong/recognizers'
import { trimText } from './spaces.ts'
import { toHalfWidth } from './width.ts'

const MUNICIPALITY = /^(?:北京|上海|天津|重庆)市?$/
/** Provinces whose full names are not the short one and 省. */
const REGIONS: Readonly<Record<string, string>> = {
  内蒙古: '内蒙古自治区', 广西: '广西壮族自治区', 广西壮族: '广西壮族自治区', 西藏: '西藏自治区', 宁夏: '宁夏回族自治区', 宁夏回族: '宁夏回族自治区', 新疆: '新疆维吾尔自治区', 新疆维吾尔: '新疆维吾尔自治区',
  香港: '香港特别行政区', 澳门: '澳门特别行政区',
}

function fullProvince(name: string): string {
  const short = name.replace(/^中国/, '')
  if (MUNICIPALITY.test(short)) return short.endsWith('市') ? short : `${short}市`
  return REGIONS[short] ?? (/[省区區]$/.test(short) ? short : `${short}省`)
}

/** Where an address lies that does not say so itself. */
export interface AddressWithin {
  /** Province and city of an address that begins lower down; blank where nothing is to be added. */
  readonly province: string
  readonly city: string
  /** Provinces by their prefectures: tells a prefecture from a city of a county's rank, and 杭州市 to be in 浙江省. */
  readonly provinceOf: ReadonlyMap<string, string>
}

/** Levels by their names, as a whole address gives them. */
export const levelsOf = (text: string): Partial<Record<AddressLevel, string>> => parseAddress(text)?.parts ?? {}

/** Dashes of all kinds between figures. */
const DASHES = /(?<=[0-9A-Za-z])[‐-―－—~～至](?=[0-9A-Za-z])/g

/**
 * An address in one form: half width, no spaces, one kind of dash in numbers, the province's full name, and the province and city that it
 * lies in where it begins lower down. What stands behind the last level is kept as it is. Null when nothing of an address is in it.
 */
export function standardAddress(text: string, within: AddressWithin): (Address & { readonly text: string }) | null {
  const clean = trimText(toHalfWidth(text, 'all'), 'none').replace(DASHES, '-')
  const found = parseAddress(clean)
  if (found === null) return null
  const { province, city, county } = found.parts
  const top = province === undefined ? (within.provinceOf.get(city ?? '') ?? within.province) : fullProvince(province)
  // Without a prefecture above it, what reads as a city may be one of a county's rank: 临海市 lies in 台州市.
  const isPrefecture = city !== undefined && (county !== undefined || within.provinceOf.has(city))
  const mayLieIn = !isPrefecture && !MUNICIPALITY.test(top) && (within.provinceOf.get(within.city) ?? top) === top
  const whole = top + (mayLieIn && county !== within.city ? within.city : '') + clean.slice((province ?? '').length)
  const read = parseAddress(whole)
  return read === null ? null : { ...read, text: whole }
}
