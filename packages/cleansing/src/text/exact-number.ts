/** A fraction in whole numbers; the denominator is positive. Sums of money keep every digit. */
export interface Exact {
  readonly over: bigint
  readonly under: bigint
}

/** Longer texts are no figures of an administration; the bound keeps work small. */
const MOST_CHARACTERS = 60
/** Digits after the point when a quotient has no end. */
const ENDLESS_SCALE = 10
const PLAIN = /^([+-]?)(\d+)(?:\.(\d*))?$|^([+-]?)\.(\d+)$/
const GROUPED = /^([+-]?)(\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

/** A fraction in lowest terms. @param under not 0 */
export function exact(over: bigint, under = 1n): Exact {
  const sign = under < 0n ? -1n : 1n
  const by = gcd(over < 0n ? -over : over, under * sign) || 1n
  return { over: (sign * over) / by, under: (sign * under) / by }
}

/** Reads `-1,234.50`, `.5`, `12.`; null when it is no plain number. Commas must stand between thousands. */
export function readExact(text: string): Exact | null {
  if (text.length > MOST_CHARACTERS) return null
  const found = PLAIN.exec(text) ?? GROUPED.exec(text)
  if (found === null) return null
  const sign = found[1] ?? found[4] ?? ''
  const whole = (found[2] ?? '0').replaceAll(',', '')
  const part = found[3] ?? found[5] ?? ''
  const value = exact(BigInt(whole + part), 10n ** BigInt(part.length))
  return sign === '-' ? { over: -value.over, under: value.under } : value
}

export const plus = (a: Exact, b: Exact): Exact => exact(a.over * b.under + b.over * a.under, a.under * b.under)
export const minus = (a: Exact, b: Exact): Exact => exact(a.over * b.under - b.over * a.under, a.under * b.under)
export const times = (a: Exact, b: Exact): Exact => exact(a.over * b.over, a.under * b.under)
/** @param b not 0 */
export const through = (a: Exact, b: Exact): Exact => exact(a.over * b.under, a.under * b.over)
export const compareExact = (a: Exact, b: Exact): number => {
  const difference = a.over * b.under - b.over * a.under
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Rounds to digits after the point, halves away from zero, as accounts do. */
export function roundExact(value: Exact, scale: number): Exact {
  const ten = 10n ** BigInt(scale)
  const size = value.over < 0n ? -value.over : value.over
  const rounded = (2n * size * ten + value.under) / (2n * value.under)
  return exact(value.over < 0n ? -rounded : rounded, ten)
}

/** Digits after the point that write the fraction exactly; null when they have no end. */
function scaleOf(value: Exact): number | null {
  let [under, twos, fives] = [value.under, 0, 0]
  for (; under % 2n === 0n; under /= 2n) twos++
  for (; under % 5n === 0n; under /= 5n) fives++
  return under === 1n ? Math.max(twos, fives) : null
}

/** Writes a number without commas and exponent. @param scale digits after the point; left out: as many as there are, at most ten of a quotient without end */
export function writeExact(value: Exact, scale?: number): string {
  const digits = scale ?? scaleOf(value) ?? ENDLESS_SCALE
  const rounded = roundExact(value, digits)
  const size = ((rounded.over < 0n ? -rounded.over : rounded.over) * 10n ** BigInt(digits)) / rounded.under
  const text = String(size).padStart(digits + 1, '0')
  const sign = rounded.over < 0n ? '-' : ''
  if (digits === 0) return sign + text
  const written = `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return sign + (scale === undefined ? written.replace(/\.?0+$/, '') : written)
}
