import { readChineseNumber } from './chinese-number.ts'
import { type Exact, exact, plus, readExact, times } from './exact-number.ts'
import { trimText } from './spaces.ts'
import { toHalfWidth } from './width.ts'

export type MoneyUnit = '分' | '角' | '元' | '千元' | '万元' | '百万元' | '亿元'

/** What one of each is worth in 元, as a fraction. */
const MONEY_UNITS: Readonly<Record<MoneyUnit, readonly [bigint, bigint]>> = { 分: [1n, 100n], 角: [1n, 10n], 元: [1n, 1n], 千元: [1_000n, 1n], 万元: [10_000n, 1n], 百万元: [1_000_000n, 1n], 亿元: [100_000_000n, 1n] }

/** What one of a unit is worth in 元. */
export const worthOf = (unit: MoneyUnit): Exact => exact(...MONEY_UNITS[unit])

const FACTORS: Readonly<Record<string, bigint>> = { 十: 10n, 百: 100n, 千: 1_000n, 万: 10_000n, 萬: 10_000n, 亿: 100_000_000n, 億: 100_000_000n }
const LEAD = /^(?:人民币|人民幣|rmb|cny|[¥￥])/i
const END = /(?:人民币|rmb|cny|整|正)$/i
/** A number, and its unit: nothing, 元 角 分, or 万 and the like with or without 元 behind. */
const PIECE = /([\d.,]+)([十百千万萬亿億]*)(元|圆|圓|块|角|毛|分)?/y
const CHEQUE = /^([^元圆圓]+?)(?:元|圆|圓)(?:([零〇]?[壹贰叁肆伍陆柒捌玖一二三四五六七八九])角)?(?:([零〇]?[壹贰叁肆伍陆柒捌玖一二三四五六七八九])分)?$/

/**
 * Reads an amount of money in yuan as people write it: `1,234.5万元`, `￥12.3亿`, `5元3角`, `壹佰贰拾万元整`, `(1,200.00)` for a
 * negative one. Other currencies are none of ours: null, as for everything else that cannot be read without a guess.
 * @param unless unit of a number that names none
 * @returns the amount in 元
 */
export function readAmount(text: string, unless: MoneyUnit): Exact | null {
  let rest = trimText(toHalfWidth(text, 'all'), 'none')
  if (rest === '' || rest.length > 60) return null
  const bracketed = /^\((.+)\)$/.exec(rest)
  rest = (bracketed?.[1] ?? rest).replace(LEAD, '').replace(END, '')
  const sign = /^[+-]/.exec(rest)?.[0]
  if (sign !== undefined) rest = rest.slice(1).replace(LEAD, '')
  const size = /^[\d.]/.test(rest) ? inDigits(rest, unless) : inNumerals(rest)
  if (size === null) return null
  return (bracketed !== null) !== (sign === '-') ? { over: -size.over, under: size.under } : size
}

function inDigits(text: string, unless: MoneyUnit): Exact | null {
  let sum: Exact | null = null
  let least: Exact | null = null
  PIECE.lastIndex = 0
  while (PIECE.lastIndex < text.length) {
    const found = PIECE.exec(text)
    const number = found === null ? null : readExact(found[1]!) // the first group is in every match
    if (found === null || number === null) return null
    const [, , factors = '', unit] = found
    const bare = factors === '' && unit === undefined
    if (bare && (sum !== null || PIECE.lastIndex < text.length)) return null
    const worth = bare ? worthOf(unless) : unitWorth(factors, unit)
    // 3角2元 is no way to write an amount, 5元3角 is.
    if (worth === null || (least !== null && worth.over * least.under >= least.over * worth.under)) return null
    least = worth
    const part = times(number, worth)
    sum = sum === null ? part : plus(sum, part)
  }
  return sum
}

function unitWorth(factors: string, unit = '元'): Exact | null {
  const small = unit === '角' || unit === '毛' ? exact(1n, 10n) : unit === '分' ? exact(1n, 100n) : exact(1n)
  if (small.under !== 1n) return factors === '' ? small : null
  return exact([...factors].reduce((worth, one) => worth * (FACTORS[one] ?? 1n), 1n))
}

function inNumerals(text: string): Exact | null {
  const found = CHEQUE.exec(/[元圆圓]/.test(text) ? text : `${text}元`)
  if (found === null) return null
  const [, whole = '', tenths, hundredths] = found
  const yuan = readChineseNumber(whole)
  if (yuan === null) return null
  const jiao = readChineseNumber(tenths ?? '零') ?? 0n
  const fen = readChineseNumber(hundredths ?? '零') ?? 0n
  return exact(yuan * 100n + jiao * 10n + fen, 100n)
}
