import type { FieldType } from '@datong/kernel'

/** What is known of a field when it is held against the standard. Values are looked at and never told. */
export interface FieldContent {
  readonly name: string
  readonly description: string
  readonly type: FieldType
  /** Some of its values as text, without empty ones and placeholders; empty when nothing is loaded. */
  readonly values: readonly string[]
  /** Recognisers that fit, the best first. @see @datong/recognizers */
  readonly recognised: readonly { readonly recognizer: string; readonly confidence: number; readonly validShare: number }[]
}

/** Values that stand for nothing. */
const NOTHING = /^(|-+|—+|\/|无|空|null|none|n\/a|na|不详|未知|暂无|\(blank\))$/i

/** The values that say something. */
export const tellingValues = (values: readonly string[]): string[] => values.map((one) => one.normalize('NFKC').trim()).filter((one) => !NOTHING.test(one))
