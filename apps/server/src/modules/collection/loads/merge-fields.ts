import { type FieldSchema, type InferredField, type Reading, READINGS, type TypedField } from '@datong/data-engine'
import type { FieldType } from '@datong/kernel'

const PLAIN: Readonly<Record<FieldType, Reading>> = {
  text: 'text', integer: 'integer', decimal: 'decimal', boolean: 'boolean-true-false', date: 'date-ymd', datetime: 'datetime-ymd',
}
const MOST_DIGITS = 38

/** Types whose values a wider one holds without loss. */
const WIDER: Partial<Record<FieldType, FieldType>> = { integer: 'decimal', date: 'datetime' }

/** The type that holds the values of both. */
export const commonType = (one: FieldType, other: FieldType): FieldType =>
  one === other ? one : WIDER[one] === other ? other : WIDER[other] === one ? one : 'text'

/**
 * The fields of a version into which rows of another shape were merged: the older ones in their order, then the new ones. Each has a
 * type that holds what is there and what comes.
 */
export function mergedFields(older: readonly FieldSchema[], incoming: readonly InferredField[]): TypedField[] {
  const byName = new Map(incoming.map((field) => [field.name.toLowerCase(), field]))
  const known = new Set(older.map(({ name }) => name.toLowerCase()))
  const kept = older.map((field): TypedField => {
    const next = byName.get(field.name.toLowerCase())
    return next === undefined ? { ...field, reading: PLAIN[field.type], nullable: true } : { ...widened(field, next), name: field.name }
  })
  const added = incoming.filter(({ name }) => !known.has(name.toLowerCase())).map((field): TypedField => ({ ...plain(field), nullable: true }))
  return [...kept, ...added]
}

/** One field of both; a column of blanks says nothing of its type. */
function widened(older: FieldSchema, next: InferredField): TypedField {
  const type = next.filled === 0 ? older.type : commonType(older.type, next.type)
  const nullable = older.nullable || next.nullable
  const reading = READINGS[next.reading] === type || (type === 'decimal' && next.reading === 'integer-grouped') ? readingAs(type, next.reading) : PLAIN[type]
  return { name: older.name, type, reading, nullable, ...(type === 'decimal' ? sizeOf(older, next) : {}) }
}

const readingAs = (type: FieldType, reading: Reading): Reading => (type === 'decimal' && reading === 'integer-grouped' ? 'decimal-grouped' : reading)

/** As many digits before and after the point as either needs. */
function sizeOf(older: FieldSchema, next: InferredField): { precision: number; scale: number } {
  const sizes = [older, next].map(({ type, precision, scale }) => (type === 'decimal' ? { whole: (precision ?? MOST_DIGITS) - (scale ?? 0), scale: scale ?? 0 } : { whole: 16, scale: 0 }))
  const scale = Math.max(...sizes.map((size) => size.scale))
  return { precision: Math.min(MOST_DIGITS, Math.max(...sizes.map(({ whole }) => whole)) + scale), scale }
}

const plain = ({ name, type, reading, nullable, precision, scale }: InferredField): TypedField =>
  ({ name, type, reading, nullable, ...(precision === undefined ? {} : { precision }), ...(scale === undefined ? {} : { scale }) })
