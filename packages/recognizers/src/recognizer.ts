import type { FieldType } from '@datong/kernel'

/** Everything that can be recognised, most specific first: the order breaks ties between equal confidences. */
export const RECOGNIZER_IDS = [
  'citizen-number',
  'unified-credit-code',
  'organisation-code',
  'bank-card',
  'phone',
  'email',
  'plate',
  'passport',
  'ipv4',
  'coordinates',
  'date-of-birth',
  'person-name',
  'address',
  'organisation-name',
  'division-code',
  'postcode',
] as const
export type RecognizerId = (typeof RECOGNIZER_IDS)[number]

/**
 * How far a value keeps to its standard. `valid`: form and every check that the standard has. `doubtful`: the form is
 * right but one check fails or cannot be made (a 15-digit citizen number has none). `invalid`: anything else.
 */
export type Verdict = 'valid' | 'doubtful' | 'invalid'

/** What a recognised value says about: a person, a person in a way that hurts when leaked, an organisation, a place, a network. */
export type RecognizerCategory = 'personal' | 'personal-sensitive' | 'organisation' | 'place' | 'network'

/** A cell as readers hand it over. */
export type CellValue = string | number | boolean | null | undefined

/** One column to look at: its name as in the file, its inferred type, and some of its values as trimmed text. */
export interface ColumnSample {
  readonly name: string
  readonly type: FieldType
  /** Without nulls, empty strings and placeholders such as 无 or `(blank)`. */
  readonly sampleValues: readonly string[]
}

/** Why a recogniser thinks what it thinks; shown to the officer who confirms a grade. */
export interface DetectionEvidence {
  /** Values looked at, placeholders excluded. */
  readonly filled: number
  readonly valid: number
  readonly doubtful: number
  /** valid / filled, 0 when nothing is filled. */
  readonly validShare: number
  /** The part of the column's name that speaks for this recogniser, as normalised; null when none does. */
  readonly nameHint: string | null
}

export interface Detection {
  /** 0 (no) to 1 (certain); from 0.5 on it is worth showing, from 0.6 on it decides a suggested grade. */
  readonly confidence: number
  readonly evidence: DetectionEvidence
}

/** Knows one kind of value: says whether a value is right, writes it in its standard form, and finds columns of it. */
export interface Recognizer {
  readonly id: RecognizerId
  readonly titleZh: string
  readonly titleEn: string
  readonly category: RecognizerCategory
  /** The standard that `validate` follows. */
  readonly source: string
  /** Total: never throws, whatever the string. */
  validate(value: string): Verdict
  /** The standard way of writing a right value; null when the value cannot be put right without guessing. */
  standardise?(value: string): string | null
  detect(column: ColumnSample): Detection
}
