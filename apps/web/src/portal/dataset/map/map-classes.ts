import type { FieldProfileView } from '@datong/contracts'
import { seriesColours } from '../../../shared/theme.ts'
import type { CoordinateFields } from './coordinate-fields.ts'

/** A kind of place and its colour; `null` gathers what is too rare for a colour of its own. */
export interface MapClass {
  readonly value: string | null
  readonly colour: string
  readonly count: number
}

const MOST_CLASSES = 6
const REST_COLOUR = '#A8A294'

/** Fields with few values, by which places can be coloured; the one with most values that still tell apart comes first. */
export function kindsOf(profile: readonly FieldProfileView[], fields: readonly { readonly name: string; readonly masking: string | null }[]): FieldProfileView[] {
  const open = new Set(fields.filter((field) => field.masking === null).map((field) => field.name))
  return profile
    .filter((field) => open.has(field.name) && !field.hidden && field.type === 'text' && field.distinct !== null && field.distinct >= 2 && field.distinct <= 12)
    .toSorted((a, b) => Number((b.distinct ?? 0) <= MOST_CLASSES) - Number((a.distinct ?? 0) <= MOST_CLASSES))
}

/** The field that says what a place is called. */
export function nameField(
  fields: readonly { readonly name: string; readonly type: string; readonly masking: string | null }[], profile: readonly FieldProfileView[], coordinates: CoordinateFields,
): string | undefined {
  const words = fields.filter((field) => field.type === 'text' && field.masking === null && field.name !== coordinates.longitude && field.name !== coordinates.latitude)
  const distinct = (name: string): number => profile.find((field) => field.name === name)?.distinct ?? 0
  return (words.find((field) => /名称|站点|name/i.test(field.name)) ?? words.toSorted((a, b) => distinct(b.name) - distinct(a.name))[0])?.name
}

/** The commonest kinds with a colour each, the rest together. */
export function classesOf(kinds: readonly string[]): MapClass[] {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const ordered = [...counts].toSorted((a, b) => b[1] - a[1])
  const own = ordered.length <= MOST_CLASSES + 1 ? ordered : ordered.slice(0, MOST_CLASSES)
  const rest = ordered.slice(own.length).reduce((sum, [, count]) => sum + count, 0)
  return [
    ...own.map(([value, count], index) => ({ value, count, colour: seriesColours[index] ?? REST_COLOUR })),
    ...(rest > 0 ? [{ value: null, count: rest, colour: REST_COLOUR }] : []),
  ]
}
