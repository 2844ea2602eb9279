import type { RowFilterValue } from '../../../shared/ui/row-filters.tsx'

/** Which rows are shown and in which order; stands in the address as the very query of the interface. */
export interface RowsView {
  readonly filters: readonly RowFilterValue[]
  /** Name of a field, with `-` before it for falling order. */
  readonly sort: string | undefined
}

interface Field {
  readonly name: string
  readonly filters: readonly string[]
  readonly sortable: boolean
}

/** Reads a query such as `区=东城&泊位.gte=100&sort=-泊位`; parts that the fields do not allow are left out. */
export function parseRowsView(query: string, fields: readonly Field[]): RowsView {
  const filters: RowFilterValue[] = []
  let sort: string | undefined
  for (const [key, value] of new URLSearchParams(query)) {
    if (key === 'sort') {
      if (fields.some((field) => field.sortable && field.name === value.replace(/^-/, ''))) sort = value
      continue
    }
    const dot = key.lastIndexOf('.')
    const whole = fields.find((field) => field.name === key)
    const field = whole ?? fields.find((candidate) => candidate.name === key.slice(0, dot))
    const op = whole ? 'eq' : key.slice(dot + 1)
    if (field?.filters.includes(op) && value !== '') filters.push({ field: field.name, op, value })
  }
  return { filters, sort }
}

/**
 * The query of the interface for these rows. Words to look for are put between `%`, since `like` compares the whole value;
 * who writes `%` themselves is taken at their word.
 */
export function rowsQuery({ filters, sort }: RowsView): Record<string, string> {
  const pairs = filters.map(({ field, op, value }) => [op === 'eq' ? field : `${field}.${op}`, op === 'like' && !/[%_]/.test(value) ? `%${value}%` : value])
  return { ...Object.fromEntries(pairs), ...(sort === undefined ? {} : { sort }) }
}

/** The view as it stands in the address; the same text gives the same view again. */
export const rowsViewText = (view: RowsView): string => new URLSearchParams(rowsQuery(view)).toString()

/** The order after one more click on a field: rising, falling, none. */
export function nextSort(sort: string | undefined, field: string): string | undefined {
  if (sort === field) return `-${field}`
  return sort === `-${field}` ? undefined : field
}
