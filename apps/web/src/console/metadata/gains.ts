import type { MetadataScore } from '@datong/contracts'

export interface Gain {
  readonly id: string
  /** Points that are missing. */
  readonly points: number
}

/** Where points are to be gained, the most first. */
export const gainsOf = (indicators: readonly { readonly id: string; readonly max: number; readonly points: number }[]): Gain[] =>
  indicators.flatMap(({ id, max, points }) => (max - points > 0.05 ? [{ id, points: max - points }] : [])).toSorted((a, b) => b.points - a.points)

/** The names of the core metadata and indicators come from the server; an unknown one shows as it is. */
export const bandOf = (points: number): MetadataScore['band'] => (points > 350 ? 'excellent' : points > 220 ? 'good' : points > 120 ? 'sufficient' : 'bad')
