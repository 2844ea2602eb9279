/** A recogniser's answer to one value, as `@datong/recognizers` gives it. */
export type Verdict = 'valid' | 'doubtful' | 'invalid'

/** How many of the values that say something are right. */
export interface VerdictCounts {
  readonly checked: number
  readonly valid: number
  readonly doubtful: number
  readonly invalid: number
  /** Shares of `checked`, 0 when nothing was checked; what `FieldFigures` takes. */
  readonly validShare: number
  readonly doubtfulShare: number
}

/** Puts each value before a recogniser, row by row; null and blank are not its business. */
export function countVerdicts(values: Iterable<string | null>, validate: (value: string) => Verdict): VerdictCounts {
  const counts = { valid: 0, doubtful: 0, invalid: 0 }
  for (const value of values) if (value !== null && value.trim() !== '') counts[validate(value)]++
  const checked = counts.valid + counts.doubtful + counts.invalid
  return { checked, ...counts, validShare: checked === 0 ? 0 : counts.valid / checked, doubtfulShare: checked === 0 ? 0 : counts.doubtful / checked }
}
