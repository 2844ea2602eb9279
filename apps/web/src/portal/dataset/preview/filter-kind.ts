import type { FieldProfileView } from '@datong/contracts'
import type { DescribedField } from '../use-rows-access.ts'

/** How a field is asked about: ticking values, a range, words that it holds, or one exact value. */
export type FilterKind = 'values' | 'range' | 'words' | 'exact'

const MOST_VALUES = 20

/** The question that fits a field, of those that the server can answer. */
export function filterKind(field: Pick<DescribedField, 'type' | 'filters'>, profile: FieldProfileView | undefined): FilterKind {
  const can = (op: string): boolean => field.filters.includes(op)
  // All values must be known, and none may hold the comma that separates them.
  const few = profile !== undefined && !profile.hidden && profile.distinct !== null && profile.distinct <= MOST_VALUES
    && profile.top.length >= profile.distinct && profile.top.length > 0 && profile.top.every(({ value }) => value !== '' && !value.includes(','))
  const measured = ['integer', 'decimal', 'date', 'datetime'].includes(field.type)
  if (few && can('in') && !measured) return 'values'
  if (measured && can('gte') && can('lte')) return 'range'
  return can('like') ? 'words' : 'exact'
}
