/** Why a row leaves the table; each has a sentence in both languages. */
export const REFUSALS = ['unreadable-value', 'division-by-zero', 'not-a-number', 'too-many-parts', 'duplicate-row', 'unwanted-row'] as const
export type RefusalReason = (typeof REFUSALS)[number]

/** A row that a step does not let pass. Always listed among the rejects. */
export interface Refusal {
  readonly reason: RefusalReason
  /** Whether leaving it out is what the step is for (duplicates, unwanted rows), rather than a fault of the row. */
  readonly intended: boolean
  /** The field concerned, as it is called at that step. */
  readonly field: string | null
  /** One English sentence. */
  readonly detail: string
}

/** Cells of a row by slot; blank is the empty text. A step changes them only through its tally. */
export type Cells = string[]
