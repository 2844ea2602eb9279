const DIGITS: Readonly<Record<string, number>> = {
  零: 0, 〇: 0, 一: 1, 壹: 1, 二: 2, 贰: 2, 貳: 2, 两: 2, 兩: 2, 三: 3, 叁: 3, 參: 3, 四: 4, 肆: 4, 五: 5, 伍: 5, 六: 6, 陆: 6, 陸: 6,
  七: 7, 柒: 7, 八: 8, 捌: 8, 九: 9, 玖: 9,
}
const SMALL: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 }
const MYRIADS: Readonly<Record<string, bigint>> = { 万: 10_000n, 萬: 10_000n, 亿: 100_000_000n, 億: 100_000_000n }

/** Below ten thousand: 三百零五, 十二, 廿三; null when places do not fall. */
function belowMyriad(text: string): bigint | null {
  let sum = 0
  let digit: number | null = null
  let place = 10_000
  for (const one of text.replaceAll('廿', '二十').replaceAll('卅', '三十')) {
    const value = DIGITS[one]
    const unit = SMALL[one]
    if (value === 0 && digit === null) continue
    if (value !== undefined && digit === null) digit = value
    else if (unit !== undefined && unit < place && (digit !== null || (unit === 10 && sum === 0))) {
      sum += (digit ?? 1) * unit
      digit = null
      place = unit
    } else return null
  }
  return BigInt(sum + (digit ?? 0))
}

/**
 * A whole number in Chinese numerals, ordinary or those of cheques: 三百二十万, 壹亿零贰拾叁; null when it is none.
 * 万 may stand under 亿 (二万亿).
 */
export function readChineseNumber(text: string): bigint | null {
  if (text === '' || text.length > 40) return null
  for (const unit of ['亿億', '万萬']) {
    const at = Math.max(text.lastIndexOf(unit[0]!), text.lastIndexOf(unit[1]!)) // two characters each
    if (at < 0) continue
    const before = readChineseNumber(text.slice(0, at))
    const after = at + 1 === text.length ? 0n : readChineseNumber(text.slice(at + 1))
    const worth = MYRIADS[text[at]!]! // one of the characters looked for
    if (before === null || before === 0n || before >= worth || after === null || after >= worth) return null
    return before * worth + after
  }
  return belowMyriad(text)
}

/** Digits one by one, as in years: 二〇一九 → 2019; null when there is anything else. */
export function readChineseDigits(text: string): string | null {
  const digits = [...text].map((one) => DIGITS[one])
  return text === '' || digits.includes(undefined) ? null : digits.join('')
}
