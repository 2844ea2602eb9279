import type { EntryTrend, ScoreLine } from '@datong/contracts'

/** A score over time as it is drawn: figures from 0 to 1, one for each day. */
export interface DrawnTrend {
  readonly days: readonly string[]
  readonly line: Pick<ScoreLine, 'overall' | 'dimensions'>
  /** Version of the data on each day, of an entry. */
  readonly versions?: EntryTrend['versions']
  /** Entries that each day is the mean of, of a department or the city. */
  readonly entries?: ScoreLine['entries']
}

/** A line that was measured at all, under the name of its dimension; the whole comes first. */
export const drawnLines = ({ line: { overall, dimensions } }: DrawnTrend): readonly { readonly name: 'overall' | ScoreLine['dimensions'][number]['dimension']; readonly scores: readonly (number | null)[] }[] => [
  { name: 'overall' as const, scores: overall }, ...dimensions.map(({ dimension, scores }) => ({ name: dimension, scores })),
].filter(({ scores }) => scores.some((score) => score !== null))

/** The least figure that the axis shows: a tenth below the least of the lines, so that small changes are seen; never below nothing. */
export function axisFrom(lines: readonly { readonly scores: readonly (number | null)[] }[]): number {
  const known = lines.flatMap(({ scores }) => scores.filter((score) => score !== null))
  return known.length === 0 ? 0 : Math.max(0, Math.floor((Math.min(...known) - 0.05) * 10) / 10)
}

/** From the first figure to the last one; undefined when there are not two. */
export function changeOf(scores: readonly (number | null)[]): { readonly first: number; readonly last: number } | undefined {
  const known = scores.filter((score) => score !== null)
  const [first, last] = [known[0], known.at(-1)]
  return first === undefined || last === undefined || known.length < 2 ? undefined : { first, last }
}
