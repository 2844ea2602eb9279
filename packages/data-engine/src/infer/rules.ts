import { READINGS, type InferredField, type Reading } from '../field.ts'

/** What the engine measured of one column under one reading, over all rows. */
export interface ColumnMeasure {
  readonly rows: number
  /** Texts that are not blank. */
  readonly present: number
  readonly placeholders: number
  readonly fits: number
  /** Least and most of the values, for numbers; of 0 and 1 for booleans. */
  readonly least: number
  readonly most: number
  /** Misfits of digits with a zero in front. */
  readonly leadingZeros: number
  /** Misfits of more than 15 digits. */
  readonly longDigits: number
  /** For decimals: most digits after the point. */
  readonly scale: number
}

/** A field decided, or the wish to try the next reading. */
export type Verdict = { readonly field: InferredField } | { readonly next: true }

const CODE_NAME = /代码|代碼|编码|編碼|code|行政区划|行政區劃|邮编|郵編|郵遞區號|zip|postal/i
const NUMBER_NAME = /编号|編號|号码|號碼|证号|證號|单号|单據|文号|电话|電話|手机|手機|phone|mobile|账号|帐号|帳號|卡号|卡號|身份证|身分證|id.?card|信用代码/i
const DATE_NAME = /日期|年月日|时间|時間|生日|日$|date|time|_at$/i

const ENOUGH = 20
const SHARE = 0.99
const MOST_DIGITS = 38

/**
 * Whether a column takes the type of a reading. At least 99 % of its filled texts must fit (when fewer than 20 fit:
 * all), booleans all. What names somebody or something stays text: leading zeros, more than 15 digits, 15 or 18 digits
 * throughout, digits of one width under a name such as 代码 or 电话.
 * @param hinted a person said so: then misfits do not count
 */
export function judge(name: string, reading: Exclude<Reading, 'text'>, measure: ColumnMeasure, hinted: boolean): Verdict {
  const filled = measure.present - measure.placeholders
  const misfits = filled - measure.fits
  const type = READINGS[reading]
  const accept = (reason: string, confidence: number): Verdict => ({
    field: {
      name,
      type,
      reading,
      nullable: measure.fits < measure.rows,
      filled,
      placeholders: measure.placeholders,
      misfits,
      confidence,
      reason,
      ...(type === 'decimal' ? decimalSize(measure) : {}),
    },
  })
  if (hinted) return accept('type/given', 1)
  if (filled === 0) return { field: textField(name, measure, 'type/no-values') }
  if (type === 'integer') {
    const identifier = identifierReason(name, measure, misfits)
    if (identifier) return { field: textField(name, measure, identifier) }
  }
  const tooMany = misfits > 0 && (measure.fits < ENOUGH || measure.fits < filled * SHARE)
  if (tooMany || (type === 'boolean' && misfits > 0)) return { next: true }
  if (reading === 'boolean-y-n' && measure.least === measure.most) return { next: true }
  if (reading === 'date-compact' || reading === 'date-roc-compact' || reading === 'datetime-compact') {
    const named = DATE_NAME.test(name)
    if (!named && (filled < ENOUGH || CODE_NAME.test(name) || NUMBER_NAME.test(name))) return { next: true }
  }
  if (type === 'decimal' && measure.scale === 0 && wholeDigits(measure) > 15) {
    return { field: textField(name, measure, 'type/long-digits') }
  }
  if (type === 'decimal' && wholeDigits(measure) + measure.scale > MOST_DIGITS) return { next: true }
  return accept(misfits === 0 ? 'type/all-fit' : 'type/nearly-all-fit', misfits === 0 ? 0.99 : 0.9)
}

function identifierReason(name: string, measure: ColumnMeasure, misfits: number): string | undefined {
  // texts of integers that fit have no leading zeros, so the width of the text is that of the number
  const width = measure.least < 0 ? 0 : digitsOf(measure.least)
  const fixed = width > 0 && width === digitsOf(measure.most)
  if (measure.leadingZeros > 0) return 'type/leading-zeros'
  if (measure.longDigits > 0) return 'type/long-digits'
  if (fixed && measure.fits > 1 && (width === 15 || width === 18)) return 'type/identifier-width'
  if (CODE_NAME.test(name) && ((fixed && width >= 2) || misfits > 0)) return 'type/code-name'
  if (NUMBER_NAME.test(name) && ((fixed && width >= 6) || misfits > 0)) return 'type/code-name'
  return undefined
}

const digitsOf = (value: number): number => String(Math.trunc(Math.abs(value))).length

/** Digits before the point; a double near a power of ten may be rounded up to it, which only adds room. */
const wholeDigits = (measure: ColumnMeasure): number => {
  const most = Math.max(Math.abs(measure.least), Math.abs(measure.most))
  return most < 1e15 ? digitsOf(most) : Math.floor(Math.log10(most)) + 2
}

function decimalSize(measure: ColumnMeasure): { precision: number; scale: number } {
  const scale = Math.min(measure.scale, MOST_DIGITS - 1)
  return { precision: Math.min(MOST_DIGITS, Math.max(1, wholeDigits(measure) + scale)), scale }
}

/** A column that stays text; all its texts are values. */
export const textField = (
  name: string,
  measure: Pick<ColumnMeasure, 'rows' | 'present'>,
  reason: string,
): InferredField => ({
  name,
  type: 'text',
  reading: 'text',
  nullable: measure.present < measure.rows,
  filled: measure.present,
  placeholders: 0,
  misfits: 0,
  confidence: reason === 'type/no-values' ? 0.3 : 0.95,
  reason,
})
