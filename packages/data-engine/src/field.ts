import type { FieldType } from '@datong/kernel'

/** One field of a version, as catalogue, lake and delivery know it. */
export interface FieldSchema {
  /** Unique in the table without regard to case; any characters. */
  readonly name: string
  readonly type: FieldType
  /** Digits altogether and after the point, for `decimal`; at most 38. */
  readonly precision?: number
  readonly scale?: number
  readonly nullable: boolean
}

/**
 * How the texts of a column are read as values, with the type that comes out. A column has one reading; a text that
 * does not fit it is a misfit. ROC: years of the Republic of China, year 1 = 1912.
 */
export const READINGS = {
  text: 'text',
  /** Digits without leading zeros, within ±2^53−1. */
  integer: 'integer',
  /** The same with commas between thousands, in some or all values. */
  'integer-grouped': 'integer',
  /** Digits with a point; an exponent is allowed. */
  decimal: 'decimal',
  'decimal-grouped': 'decimal',
  'boolean-shi-fou': 'boolean',
  'boolean-true-false': 'boolean',
  'boolean-yes-no': 'boolean',
  'boolean-y-n': 'boolean',
  /** 2019-11-05, 2019/11/5, 2019.11.5 */
  'date-ymd': 'date',
  /** 20191105 */
  'date-compact': 'date',
  /** 2019年11月5日 */
  'date-zh': 'date',
  /** 1081105, 0860610, 990101 */
  'date-roc-compact': 'date',
  /** 108/11/5, 108.11.5, 民國108年11月5日, 108年11月5日 */
  'date-roc': 'date',
  /** 2019-11-05 08:30[:00[.5]], also with / and T; a date alone is midnight */
  'datetime-ymd': 'datetime',
  /** 20191105083000 */
  'datetime-compact': 'datetime',
  /** 2019年11月5日 8:30[:00] */
  'datetime-zh': 'datetime',
} as const satisfies Readonly<Record<string, FieldType>>

export type Reading = keyof typeof READINGS

/** A field with the way its texts are read: what `writeVersion` follows. A person may change name and reading. */
export interface TypedField extends FieldSchema {
  readonly reading: Reading
}

/** What inference found for one column, over all rows. */
export interface InferredField extends TypedField {
  /** Texts that are neither blank nor a placeholder. */
  readonly filled: number
  /** Texts such as `-` or `无` that are no value in a column that is not text; 0 for text. */
  readonly placeholders: number
  /** Filled texts that the reading cannot read: their rows will be rejected. */
  readonly misfits: number
  readonly confidence: number
  /** Stable code of the rule that decided, e.g. `type/leading-zeros`. */
  readonly reason: string
}

/** Texts that stand for "no value" in columns that are not text; compared trimmed and without regard to case. */
export const PLACEHOLDERS = ['-', '--', '—', 'null', 'n/a', 'na', '#n/a', '(blank)', '无', '無', '不详', '不詳', '/'] as const
