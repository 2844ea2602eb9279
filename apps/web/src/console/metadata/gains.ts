import type { MetadataScore } from '@datong/contracts'

export interface Gain {
  readonly id: string
  /** Points that are missing. */
  readonly points: number
}

/** Where points are to be gained, the most first. */
export const gainsOf = (indicators: readonly { readonly id: string; readonly max: number; readonly points: number }[]): Gain[] =>
  indicators.flatMap(({ id, max, points }) => (max - points > 0.05 ? [{ id, points: max - points }] : [])).toSorted((a, b) => b.points - a.points)

/** The band of a number of points; that of an entry comes from the server. */
export const bandOf = (points: number): MetadataScore['band'] => (points > 350 ? 'excellent' : points > 220 ? 'good' : points > 120 ? 'sufficient' : 'bad')
