import type { FieldType } from '@datong/kernel'
import type { Dimension } from '../dimension.ts'

/** The rules that there are so far. */
export const RULE_IDS = [
  'fill-rate',
  'placeholder-share',
  'recognised-validity',
  'type-conformity',
  'named-fields',
  'unique-key',
  'duplicate-rows',
  'garbled-text',
  'single-form',
  'up-to-date',
] as const
export type RuleId = (typeof RULE_IDS)[number]

/** What the profile of a version says of one field. Counts are rows. */
export interface FieldFigures {
  readonly name: string
  readonly type: FieldType
  /** Rows in which the field holds something. */
  readonly filled: number
  /** Different values; null when not counted. */
  readonly distinct: number | null
  /** True when `distinct` is an estimate: uniqueness cannot be told from it. */
  readonly distinctApproximate?: boolean
  /** The most frequent values, the commonest first. */
  readonly top: readonly { readonly value: string; readonly count: number }[]
  readonly min?: string | null
  readonly max?: string | null
  /** What the field was recognised as, an id of `@datong/recognizers`. */
  readonly recognizer?: string | null
  /** Shares 0..1 of the values checked by the recogniser; the rest is invalid. */
  readonly validShare?: number
  readonly doubtfulShare?: number
  /** Values that the recogniser checked; all filled ones when absent. */
  readonly checked?: number
  /** Some values, evenly taken, for what the profile does not count. */
  readonly samples?: readonly string[]
  /** Exact counts where the profile has them; otherwise they are taken from `top` or `samples`. */
  readonly placeholders?: number
  readonly garbled?: number
}

/** Everything that the rules look at: the figures of one version. */
export interface VersionFigures {
  readonly rowsStored: number
  /** Rows that did not fit the types and went to the reject table. */
  readonly rowsRejected: number
  readonly fields: readonly FieldFigures[]
  /** Rows that equal an earlier row in every field; absent when not counted. */
  readonly duplicateRows?: number
  readonly loadedAt: Date
  /** How often the entry promises new data; absent or null when it promises nothing. */
  readonly updateCycleDays?: number | null
  readonly now: Date
}

/** What a rule found. Texts are the interface's: `message` names a sentence, `params` fill it. */
export interface RuleResult {
  readonly rule: RuleId
  /** null when the rule looks at the whole table. */
  readonly field: string | null
  readonly dimension: Dimension
  /** 0 (bad) to 1 (good); null when the rule has nothing to say here. */
  readonly score: number | null
  /** Rows or values that were looked at, and how many of them fail. */
  readonly checked: number
  readonly failing: number
  readonly message: string
  readonly params: Readonly<Record<string, string | number | null>>
}

/** One rule: where it belongs and how it is worked out. */
export interface RuleDefinition {
  readonly id: RuleId
  readonly dimension: Dimension
  readonly titleZh: string
  readonly titleEn: string
  /** Clause of GB/T 36344-2018 that it serves. */
  readonly source: string
  /** Weight among the rules of its dimension. */
  readonly weight: number
  /** Every message key that `evaluate` can give; both translations must have them. */
  readonly messages: readonly string[]
  /** One result for the table or one a field; fields that the rule does not concern are left out. */
  evaluate(figures: VersionFigures): RuleResult[]
}

/** A share between 0 and 1 whatever the counts say; null when nothing was looked at. */
export const goodShare = (failing: number, checked: number): number | null =>
  checked > 0 ? Math.min(1, Math.max(0, 1 - failing / checked)) : null
