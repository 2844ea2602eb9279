import type { Reading } from '../field.ts'

const YEAR_MONTH_DAY = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const ZH_DATE = /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/
const ROC_COMPACT = /^(\d{2,3})(\d{2})(\d{2})$/
const ROC = /^(?:民國|民国)?(\d{2,3})(?:年|([-/.]))(\d{1,2})(?:月|\2)(\d{1,2})日?$/
const TIME = String.raw`([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?`
const YMD_TIME = new RegExp(String.raw`^(\d{4})([-/])(\d{1,2})\2(\d{1,2})([ T]${TIME})?$`)
const ZH_TIME = new RegExp(String.raw`^(\d{4})年(\d{1,2})月(\d{1,2})日 ?${TIME}$`)
const COMPACT_TIME = /^(\d{4})(\d{2})(\d{2})([01]\d|2[0-3])[0-5]\d[0-5]\d$/

const plausible = (year: number, month: number, day: number): boolean =>
  year >= 1000 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 && day <= 31

/** A test for texts of the shape, with the places of year, month and day in the match. */
function dateShape(shape: RegExp, [y, m, d]: readonly [number, number, number], yearOffset = 0) {
  return (text: string): boolean => {
    const match = shape.exec(text)
    return match !== null && plausible(Number(match[y]) + yearOffset, Number(match[m]), Number(match[d]))
  }
}

const oneOf = (...texts: readonly string[]) => {
  const set = new Set(texts)
  return (text: string): boolean => set.has(text.toLowerCase())
}

const matching = (shape: RegExp) => (text: string): boolean => shape.test(text)

/**
 * Whether a trimmed text looks as a reading wants it. Good enough to pick candidates from a sample; the engine's own
 * cast, which also knows the calendar, has the last word on every row.
 */
export const TEXT_FITS: Readonly<Record<Exclude<Reading, 'text'>, (text: string) => boolean>> = {
  integer: matching(/^-?(0|[1-9]\d{0,15})$/),
  'integer-grouped': matching(/^-?(0|[1-9]\d{0,15}|[1-9]\d{0,2}(,\d{3})+)$/),
  decimal: matching(/^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$/),
  'decimal-grouped': matching(/^[+-]?((0|[1-9]\d*|[1-9]\d{0,2}(,\d{3})+)(\.\d*)?|\.\d+)$/),
  'boolean-shi-fou': oneOf('是', '否'),
  'boolean-true-false': oneOf('true', 'false'),
  'boolean-yes-no': oneOf('yes', 'no'),
  'boolean-y-n': oneOf('y', 'n'),
  'date-ymd': dateShape(YEAR_MONTH_DAY, [1, 3, 4]),
  'date-compact': dateShape(COMPACT, [1, 2, 3]),
  'date-zh': dateShape(ZH_DATE, [1, 2, 3]),
  'date-roc-compact': dateShape(ROC_COMPACT, [1, 2, 3], 1911),
  'date-roc': dateShape(ROC, [1, 3, 4], 1911),
  'datetime-ymd': dateShape(YMD_TIME, [1, 3, 4]),
  'datetime-compact': dateShape(COMPACT_TIME, [1, 2, 3]),
  'datetime-zh': dateShape(ZH_TIME, [1, 2, 3]),
}
