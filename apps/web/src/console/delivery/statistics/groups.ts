import type { operations, ResponseOf } from '@datong/contracts'

/** Counts as the server answers them, the largest first. */
export type Statistics = ResponseOf<typeof operations.readStatistics>
export type Group = Statistics['groups'][number]
type Value = Group['values'][number] | undefined

/** The interface takes so many fields and no more. */
export const MOST_FIELDS = 3

const byWords = new Intl.Collator('zh-CN', { numeric: true })

/** Order of two values of one field: numbers by size, others by their words, none first. */
export function compareValues(a: Value, b: Value): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : byWords.compare(String(a ?? ''), String(b ?? ''))
}
