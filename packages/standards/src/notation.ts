import type { FieldType } from '@datong/kernel'

/** What a representation asks of values: a kind, and how long they may be in characters or digits. */
export interface Representation {
  readonly kind: 'text' | 'number' | 'date'
  /** Least and most characters (text), or digits altogether (number); null: not said. */
  readonly min: number | null
  readonly max: number | null
  /** Digits after the point; 0 for whole numbers, null for text and dates. */
  readonly decimals: number | null
  /** For dates: which parts are written, in compact form. */
  readonly date: string | null
}

const DATES = ['YYYY', 'YYYYMM', 'YYYYMMDD', 'YYYYMMDDhhmm', 'YYYYMMDDhhmmss'] as const

/**
 * Reads the representation of a data element: `C18` exactly 18 characters, `C..50` at most 50, `C1..50` between, `n9`, `n..9`, `n..12,2` numbers
 * with at most 12 digits of which 2 follow the point, `a`/`an` as `C`, `YYYYMMDD` and its shorter and longer forms.
 * @returns null for what is no notation
 * @see GB/T 19488.1, representation of values
 */
export function readNotation(notation: string): Representation | null {
  const text = notation.trim()
  if (DATES.some((form) => form === text)) return { kind: 'date', min: text.length, max: text.length, decimals: null, date: text }
  const found = /^(c|an?|n)(?:(\d{1,6})?(\.\.)?(\d{1,6})?)?(?:,(\d{1,2}))?$/i.exec(text)
  if (found === null) return null
  const [, letter = '', first, dots, second, decimals] = found
  const kind = letter.toLowerCase() === 'n' ? 'number' : 'text'
  if (decimals !== undefined && kind === 'text') return null
  if (dots === undefined && second !== undefined) return null
  if (dots !== undefined && second === undefined && first === undefined) return null
  const min = first === undefined ? null : Number(first)
  const max = dots === undefined ? min : second === undefined ? null : Number(second)
  if (min !== null && max !== null && min > max) return null
  return { kind, min, max, decimals: kind === 'number' ? Number(decimals ?? 0) : null, date: null }
}

/** The types of the platform's fields that values in this representation are stored in without loss. */
export function typesOf({ kind, decimals, date }: Representation): readonly FieldType[] {
  if (kind === 'text') return ['text']
  if (kind === 'number') return decimals === 0 ? ['integer'] : ['decimal', 'integer']
  if (date === 'YYYYMMDD') return ['date']
  if (date === 'YYYY') return ['integer', 'text']
  return date === 'YYYYMM' ? ['text'] : ['datetime', 'date']
}

const WRITTEN: Readonly<Record<string, RegExp>> = {
  YYYY: /^(1[89]|2\d)\d\d年?$/,
  YYYYMM: /^(1[89]|2\d)\d\d[-/.年]?(0[1-9]|1[0-2])月?$/,
  YYYYMMDD: /^(1[89]|2\d)\d\d([-/.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])$/,
  YYYYMMDDhhmm: /^(1[89]|2\d)\d\d-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])[ T]?([01]\d|2[0-3]):?[0-5]\d(:?[0-5]\d)?$/,
  YYYYMMDDhhmmss: /^(1[89]|2\d)\d\d-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])[ T]?([01]\d|2[0-3]):?[0-5]\d:?[0-5]\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/,
}

/** Whether one value is written as the representation asks; dates also with separators, as files have them. */
export function fits({ kind, min, max, decimals, date }: Representation, value: string): boolean {
  if (kind === 'date') return WRITTEN[date ?? '']?.test(value) === true
  if (kind === 'number') {
    const digits = /^[+-]?(\d+)(?:\.(\d+))?$/.exec(value)
    if (digits === null) return false
    const [, whole = '', fraction = ''] = digits
    const kept = fraction.replace(/0+$/, '')
    return kept.length <= (decimals ?? 0) && (max === null || whole.replace(/^0+(?=\d)/, '').length + kept.length <= max)
  }
  const length = [...value].length
  return (min === null || length >= min) && (max === null || length <= max)
}
