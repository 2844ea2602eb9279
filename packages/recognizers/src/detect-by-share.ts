import type { FieldType } from '@datong/kernel'
import { normaliseName } from './normalise-text.ts'
import type { ColumnSample, Detection, Verdict } from './recognizer.ts'

/** When a column counts as one of a recogniser's. Shares are of filled values, 0..1. */
export interface DetectionRule {
  /** Names that speak for it, over `normaliseName`. */
  readonly names: RegExp
  /** Names that speak against it, even where `names` matches. */
  readonly notNames?: RegExp
  /** Field types that can hold such values at all. */
  readonly types: readonly FieldType[]
  /** What a doubtful value counts when the name speaks for it, and when the values stand alone. */
  readonly doubtfulNamed: number
  readonly doubtfulAlone: number
  /** Share needed when the name speaks for it: low, because dirty columns need protection too. */
  readonly shareNamed: number
  /** Share needed from values alone; null when values alone never suffice (any six digits can be a postcode). */
  readonly shareAlone: number | null
  /** Confidence of a column whose values all fit but whose name says nothing. */
  readonly ceilingAlone: number
  /** A further demand on values that stand alone. */
  readonly alone?: (values: readonly string[]) => boolean
}

/** Confidence that a column without any filled value gets from its name alone. */
const NAME_ONLY = 0.5

/** Judges a column by the share of right values and by its name. */
export function detectByShare(column: ColumnSample, validate: (value: string) => Verdict, rule: DetectionRule): Detection {
  const name = normaliseName(column.name)
  const barred = rule.notNames?.test(name) === true || !rule.types.includes(column.type)
  const nameHint = barred ? null : (rule.names.exec(name)?.[0] ?? null)
  let valid = 0
  let doubtful = 0
  const filled = column.sampleValues.length
  if (!barred && (nameHint !== null || rule.shareAlone !== null)) {
    for (const value of column.sampleValues) {
      const verdict = validate(value)
      if (verdict === 'valid') valid++
      else if (verdict === 'doubtful') doubtful++
    }
  }
  const evidence = { filled, valid, doubtful, validShare: filled === 0 ? 0 : valid / filled, nameHint }
  if (barred) return { confidence: 0, evidence }
  if (filled === 0) return { confidence: nameHint === null ? 0 : NAME_ONLY, evidence }
  const alone = (valid + rule.doubtfulAlone * doubtful) / filled
  const byValues =
    rule.shareAlone !== null && alone >= rule.shareAlone && (rule.alone?.(column.sampleValues) ?? true)
      ? rule.ceilingAlone * alone
      : 0
  if (nameHint === null) return { confidence: byValues, evidence }
  const named = (valid + rule.doubtfulNamed * doubtful) / filled
  const byName = named >= rule.shareNamed ? 0.7 + 0.3 * named : (0.49 * named) / rule.shareNamed
  return { confidence: Math.min(1, Math.max(byName, byValues)), evidence }
}
