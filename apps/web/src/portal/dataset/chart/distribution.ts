import type { FieldProfileView } from '@datong/contracts'
import { COORDINATE_NAMES } from '../map/coordinate-fields.ts'

/** How a field's values are spread: counts of its commonest values, or of rows between bounds. */
export type Distribution =
  | { readonly kind: 'values'; readonly parts: readonly { readonly value: string; readonly count: number }[]; readonly others: number }
  | { readonly kind: 'histogram'; readonly parts: readonly { readonly from: number; readonly to: number; readonly count: number }[] }

const MOST_VALUES = 15
/** A whole number with so few values is a kind or a grade rather than a measure. */
const FEW = 12

/** The spread of a field; null where there is nothing to see: hidden, empty, or another value in every row. */
export function distributionOf(field: FieldProfileView): Distribution | null {
  if (field.hidden || field.filled === 0 || COORDINATE_NAMES.test(field.name)) return null
  const measured = field.type === 'integer' || field.type === 'decimal'
  const few = field.distinct !== null && field.distinct <= FEW && field.top.length >= field.distinct
  if (measured && !few) return field.histogram.length > 1 ? { kind: 'histogram', parts: field.histogram } : null
  if (field.type === 'date' || field.type === 'datetime') return null // change over time is a line
  const parts = field.top.slice(0, MOST_VALUES)
  const largest = parts[0]?.count ?? 0
  if (parts.length < 2 || largest < 2 || (field.distinct !== null && field.distinct > field.filled * 0.6)) return null
  const listed = parts.reduce((sum, { count }) => sum + count, 0)
  // Numbers read best in their own order, words by how common they are.
  const ordered = measured ? parts.toSorted((a, b) => Number(a.value) - Number(b.value)) : parts
  return { kind: 'values', parts: ordered, others: Math.max(0, field.filled - listed) }
}

/** Fields whose spread can be drawn. */
export const chartable = (fields: readonly FieldProfileView[]): FieldProfileView[] => fields.filter((field) => distributionOf(field) !== null)

/** The field to begin with: words with a handful of values say most at a glance. */
export function firstField(fields: readonly FieldProfileView[]): FieldProfileView | undefined {
  const able = chartable(fields)
  return able.find((field) => field.type === 'text' && field.distinct !== null && field.distinct >= 3 && field.distinct <= MOST_VALUES) ?? able[0]
}
