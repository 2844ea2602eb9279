/** Why something was decided: a stable code that a translation knows, and the figures that fill its sentence. */
export interface Reason {
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** A decision made by looking at the data, with how sure it is (0–1) and why, so that a person can overrule it. */
export interface Decision<T> {
  readonly value: T
  readonly confidence: number
  readonly reasons: readonly Reason[]
}

/** Makes a decision; confidence is cut to 0–1 and rounded to two digits. */
export const decide = <T>(value: T, confidence: number, ...reasons: readonly Reason[]): Decision<T> => ({
  value,
  confidence: Math.round(Math.min(1, Math.max(0, confidence)) * 100) / 100,
  reasons,
})
