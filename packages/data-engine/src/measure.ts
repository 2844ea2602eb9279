import type { Value } from './profile.ts'
import type { Filter, VersionRef } from './read-plan.ts'

/** Numbers with check characters that every engine can hold values against, by the standards that `@datong/recognizers` names. */
export const SCHEMES = ['citizen-number', 'credit-code', 'luhn'] as const
export type Scheme = (typeof SCHEMES)[number]

/** What a citizen number says of its holder: a date, `男` or `女`, six digits. Null where the number is not readable. */
export const CITIZEN_PARTS = ['birth-date', 'sex', 'division'] as const
export type CitizenPart = (typeof CITIZEN_PARTS)[number]

/** How an operand is read: as it is stored; its text; a number; a calendar day, written in any of the ways files have. */
export type OperandKind = 'stored' | 'text' | 'number' | 'date'

/** One side of a comparison. A text that cannot be read as asked is null. */
export type Operand =
  /** `first`: only so many characters of its text; `plusDays`: so many days later, for dates. */
  | { readonly field: string; readonly as?: OperandKind; readonly first?: number; readonly plusDays?: number }
  | { readonly citizen: string; readonly part: CitizenPart }
  | { readonly value: Exclude<Value, null>; readonly as?: OperandKind }

export const COMPARISON_OPS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const
export type ComparisonOp = (typeof COMPARISON_OPS)[number]

/**
 * What is asked of one row: a closed tree of data, compiled by each engine. A test is true or false, never unknown: on null every one
 * is false but `null`, `blank`, and `not` of a false one. Where a text is asked for, other types stand as they are exported.
 */
export type Condition =
  | Filter
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }
  /** Null, or a text of nothing but white space (also U+3000, U+00A0) and characters without width. */
  | { readonly op: 'blank'; readonly field: string }
  /** The whole text, or a part of it, fits a regular expression of RE2's syntax (linear time, no look-around). */
  | { readonly op: 'matches' | 'finds'; readonly field: string; readonly pattern: string }
  /** Characters (code points). */
  | { readonly op: 'length'; readonly field: string; readonly least?: number; readonly most?: number }
  /** Among many values. Folded: full width to half, white space at the ends away, lower case. */
  | { readonly op: 'among'; readonly value: Operand; readonly values: readonly string[]; readonly folded?: boolean }
  | { readonly op: 'compare'; readonly left: Operand; readonly by: ComparisonOp; readonly right: Operand }
  /** The text reads as a value of the kind. */
  | { readonly op: 'reads'; readonly field: string; readonly as: 'number' | 'date' }
  /** A number with at most so many digits altogether and after the point; texts are read as numbers. */
  | { readonly op: 'digits'; readonly field: string; readonly precision: number; readonly scale: number }
  | { readonly op: 'scheme'; readonly field: string; readonly scheme: Scheme; readonly verdict: 'valid' | 'doubtful' | 'invalid' }
  /** At least so many of these fields are not blank. */
  | { readonly op: 'filled'; readonly fields: readonly string[]; readonly least: number }

/** Fields of another version, to be found or compared. */
export interface OtherFields {
  readonly version: VersionRef
  readonly fields: readonly string[]
}

/**
 * What is counted. `rows` measures of one call are counted in one scan together; the others are groupings and joins of their own.
 * Values are told apart as they are exported; rows whose key holds a null are left out of groupings
 * and joins, unless nulls are equal.
 */
export type Measure =
  /** Rows that fail, and that are in doubt, among those looked at (all when not said). */
  | { readonly kind: 'rows'; readonly among?: Condition; readonly failed: Condition; readonly doubtful?: Condition }
  /** Rows whose values of these fields stand in more than `most` rows: all of them, or only those after the first `most`. */
  | { readonly kind: 'groups'; readonly by: readonly string[]; readonly most: number; readonly counted: 'all' | 'excess'; readonly nullsEqual?: boolean; readonly among?: Condition }
  /** Rows that differ from an earlier one in a single one of these fields (2 to 40), and there by a text that is alike: 0–1 by Jaro and Winkler, or one within the other. */
  | { readonly kind: 'near'; readonly fields: readonly string[]; readonly alike: number }
  /** Where one determinant has several dependents: rows without the commonest fail; without a single commonest all are in doubt. */
  | { readonly kind: 'dependency'; readonly from: readonly string[]; readonly to: string }
  /**
   * Rows whose values are nowhere in the other version. With `lines` that were not taken into it, those are in doubt whose values all stand
   * in one of them; when more than 100,000 rows are lost, lines do not explain it and are not looked at.
   */
  | { readonly kind: 'reference'; readonly fields: readonly string[]; readonly to: OtherFields; readonly lines?: readonly string[] }
  /** Values that are in the other version and not here: `checked` counts the other's different values. No sample. */
  | { readonly kind: 'coverage'; readonly fields: readonly string[]; readonly of: OtherFields }
  /** Rows whose value differs from that of the same key elsewhere; keys that are not there, or there with several values, are not looked at. */
  | { readonly kind: 'same'; readonly key: readonly string[]; readonly field: string; readonly as: OperandKind; readonly in: OtherFields & { readonly field: string } }
  /** Rows whose total differs by more than `tolerance` from the sum of its details, in another version or here. */
  | { readonly kind: 'sums'; readonly key: readonly string[]; readonly total: string; readonly details: OtherFields & { readonly amount: string }; readonly tolerance: number }
  /** Numbers beyond `outlierBounds` of all; a bound beyond which more than `mostBeyond` lie is moved out to the farthest number. */
  | { readonly kind: 'outliers'; readonly field: string; readonly factor: number }

/** What a measure came to. `doubtful` rows are not among the failed. */
export interface Measured {
  readonly checked: number
  readonly failed: number
  readonly doubtful: number
  /** `_row` of the first failing rows, ascending; of doubtful ones only where none fails. */
  readonly sample: readonly number[]
  /** Bounds of `outliers`, where there are any. */
  readonly bounds?: { readonly low: number; readonly high: number }
}

export interface MeasureOptions {
  /** Most rows of a sample; 100 when not set, 0 for none, 999,999 at most. */
  readonly sample?: number
  readonly signal?: AbortSignal
}

/** Rows for checks that only code can do: `_row` and these columns where a condition is true. */
export interface RowsAsked {
  readonly columns: readonly string[]
  readonly condition: Condition
}

/** Some of the rows that one question asked for. */
export interface RowsFound {
  /** Place of the question. */
  readonly of: number
  readonly rows: readonly (readonly Value[])[]
}

/** The part of an engine that rules need. */
export interface MeasuringEngine {
  /**
   * Counts what is asked, an answer for each measure in their order. A closed tree like a plan, held against the schema first.
   * @throws AppError `data-engine/invalid-plan` with all issues, pointers into the measures
   */
  measure(version: VersionRef, measures: readonly Measure[], options?: MeasureOptions): Promise<Measured[]>
  /** Answers one question after the other, each in batches, in the order of the version. @throws AppError `data-engine/invalid-plan` */
  rowsWhere(version: VersionRef, asked: readonly RowsAsked[], signal?: AbortSignal): AsyncIterable<RowsFound>
}
