import type { FieldProfileView } from '@datong/contracts'
import { COORDINATE_NAMES } from '../map/coordinate-fields.ts'

interface Field {
  readonly name: string
  readonly type: string
  readonly filters: readonly string[]
  readonly sortable: boolean
}

/** One way to ask for rows, with a field and a value that this table really has. */
export interface FilterExample {
  readonly kind: 'eq' | 'in' | 'like' | 'gte' | 'range' | 'select' | 'sort' | 'limit'
  readonly query: Readonly<Record<string, string>>
}

/** Examples for the documentation of one entry; kinds that its fields do not allow are left out. */
export function filterExamples(fields: readonly Field[], profile: readonly FieldProfileView[]): FilterExample[] {
  const facts = new Map(profile.filter((field) => !field.hidden).map((field) => [field.name, field]))
  const plain = (name: string): string[] => (facts.get(name)?.top ?? []).map(({ value }) => value).filter((value) => value !== '' && value.length <= 20 && !value.includes(','))
  const can = (field: Field, op: string): boolean => field.filters.includes(op)

  const words = fields.filter((field) => field.type === 'text' && plain(field.name).length > 0)
  // Values that repeat make better examples than names that occur once.
  const kind = words.find((field) => can(field, 'in') && plain(field.name).length >= 2 && (facts.get(field.name)?.distinct ?? Infinity) <= 50) ?? words[0]
  const free = words.find((field) => can(field, 'like') && field !== kind && /名|地址|name|title/i.test(field.name)) ?? words.find((field) => can(field, 'like') && field !== kind) ?? words.find((field) => can(field, 'like'))
  const number = fields.find((field) => !COORDINATE_NAMES.test(field.name) && (field.type === 'integer' || field.type === 'decimal') && can(field, 'gte') && facts.get(field.name)?.mean != null)
  const date = fields.find((field) => (field.type === 'date' || field.type === 'datetime') && can(field, 'gte') && facts.get(field.name)?.max != null)
  const sortable = number?.sortable ? number : (date?.sortable ? date : fields.find((field) => field.sortable))
  const lastDay = date && facts.get(date.name)?.max?.slice(0, 10)
  const [first, second] = kind ? plain(kind.name) : []

  return [
    ...(kind && first !== undefined && can(kind, 'eq') ? [{ kind: 'eq' as const, query: { [kind.name]: first } }] : []),
    ...(kind && first !== undefined && second !== undefined && can(kind, 'in') ? [{ kind: 'in' as const, query: { [`${kind.name}.in`]: `${first},${second}` } }] : []),
    ...(free ? [{ kind: 'like' as const, query: { [`${free.name}.like`]: `%${plain(free.name)[0]?.slice(0, 2) ?? ''}%` } }] : []),
    ...(number ? [{ kind: 'gte' as const, query: { [`${number.name}.gte`]: roughly(facts.get(number.name)?.mean ?? 0) } }] : []),
    ...(date && lastDay ? [{ kind: 'range' as const, query: { [`${date.name}.gte`]: `${lastDay.slice(0, 7)}-01`, [`${date.name}.lt`]: lastDay } }] : []),
    ...(sortable ? [{ kind: 'sort' as const, query: { sort: `-${sortable.name}` } }] : []),
    ...(fields.length > 1 ? [{ kind: 'select' as const, query: { select: fields.slice(0, 3).map((field) => field.name).join(',') } }] : []),
    { kind: 'limit' as const, query: { limit: '100' } },
  ]
}

/** A figure with one or two digits that mean something. */
function roughly(value: number): string {
  const size = Math.abs(value)
  if (size < 1) return value.toFixed(2)
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(size)) - 1)
  return String(Math.round(value / unit) * unit)
}
