import type { Condition, Measure, Measured, Row } from '@datong/data-engine'
import type { FieldType } from '@datong/kernel'
import type { Dimension } from './dimension.ts'
import type { ParameterSpec, ParameterValues } from './parameters.ts'
import type { Subject } from './subject.ts'

/** The forty rules, in the order of the catalogue. */
export const RULE_IDS = [
  'schema-match', 'element-conformity', 'code-set', 'division-valid', 'value-type', 'precision-and-unit', 'new-value', 'not-null', 'not-blank', 'required-if',
  'row-count', 'record-filled', 'key-coverage', 'pattern', 'text-length', 'real-date', 'value-range', 'column-order', 'citizen-number', 'citizen-number-agrees',
  'credit-code', 'luhn', 'phone', 'plate', 'unique', 'duplicate-rows', 'near-duplicates', 'outliers', 'garbled-text', 'stray-characters',
  'address-level', 'reference', 'same-elsewhere', 'dependency', 'most-per-key', 'sums-agree', 'up-to-date', 'event-lag', 'volume', 'reachable',
] as const
export type RuleId = (typeof RULE_IDS)[number]

/** How much a failing rule matters: 一般 重要 严重. */
export const SEVERITIES = ['minor', 'major', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** One rule as it is held against an entry: which of the forty, on which field, with which parameters. */
export interface Rule {
  readonly rule: RuleId
  /** null for rules of the whole table; the leading field of rules of several. */
  readonly field: string | null
  readonly parameters: ParameterValues
}

/** A rule with what follows when it fails. */
export interface WeighedRule extends Rule {
  readonly severity: Severity
  /** Share of the checked that may fail, 0–1. */
  readonly toleranceShare: number
}

/** Why a rule has nothing to say of a version. */
export const UNMEASURED = [
  'field-missing', 'wrong-type', 'nothing-to-check', 'no-history', 'no-cycle', 'not-told', 'unknown-entry', 'unknown-code-list', 'unknown-element', 'engine-refused',
] as const
export type UnmeasuredReason = (typeof UNMEASURED)[number]

/** What was found, before it is scored. */
export interface Finding {
  readonly checked: number
  readonly failed: number
  readonly doubtful?: number
  /** `_row` of failing rows, ascending. */
  readonly sample?: readonly number[]
  /** What the sentence about it tells beside the counts. */
  readonly params?: Readonly<Record<string, string | number | null>>
  /** 0–1 where it is not simply the share of what is right. */
  readonly score?: number
}

/** What a check of one row says; `skip`: there is nothing to check. */
export type RowVerdict = 'right' | 'doubtful' | 'wrong' | 'skip'

/** How a rule is worked out. */
export type Plan =
  /** Counted by the engine; several measures of one rule are added up unless `judge` says otherwise. */
  | { readonly by: 'engine'; readonly measures: readonly Measure[]; readonly judge?: (measured: readonly Measured[]) => Finding }
  /** Counted by the engine as far as it can: among the rows looked at, only those that are not surely right come to be checked one by one. */
  | { readonly by: 'rows'; readonly columns: readonly string[]; readonly among: Condition; readonly surely: Condition; readonly check: (values: Row) => RowVerdict }
  /** Known already. */
  | { readonly by: 'facts'; readonly finding: Finding }
  | { readonly by: 'nothing'; readonly reason: UnmeasuredReason }

/** One of the forty: where it belongs, what it takes, how it is worked out. */
export interface RuleDefinition {
  readonly id: RuleId
  readonly dimension: Dimension
  readonly titleZh: string
  readonly titleEn: string
  /** What it asks, in one sentence. */
  readonly aboutZh: string
  readonly aboutEn: string
  /** Standard and clause that it serves. */
  readonly source: string
  /** On a field, on the whole table, or on either. */
  readonly scope: 'field' | 'table' | 'either'
  /** Types of fields that it can be put on; all when not said. */
  readonly fieldTypes?: readonly FieldType[]
  readonly parameters: readonly ParameterSpec[]
  /** Weight among the rules of its dimension. */
  readonly weight: number
  readonly severity: Severity
  readonly toleranceShare: number
  /** Total for checked parameters: what cannot be looked at is answered, not thrown. */
  plan(rule: Rule, subject: Subject): Plan
}

/** What a rule came to on a version. */
export interface RuleOutcome {
  readonly rule: RuleId
  readonly field: string | null
  readonly dimension: Dimension
  /** 0 (bad) to 1 (good), doubtful ones half right; null when there was nothing to say, and then `reason` says why. */
  readonly score: number | null
  readonly reason: UnmeasuredReason | null
  /** Rows or values looked at (1 for facts), how many fail, how many are in doubt and do not count as failing. */
  readonly checked: number
  readonly failed: number
  readonly doubtful: number
  /** `_row` of the first failing rows, ascending. */
  readonly sample: readonly number[]
  readonly params: Readonly<Record<string, string | number | null>>
}
