import type { Value } from '@datong/data-engine'
import type { FieldType } from '@datong/kernel'
import { createHash } from 'node:crypto'
import type { PlanField } from '../plan/plan.ts'

/** The column that tells rows apart; the same row keeps its value as long as the grant lasts. */
export const ID_COLUMN = '_datong_id'

/** A column of the consumer's table. */
export interface Column {
  readonly name: string
  readonly type: FieldType
  readonly precision: number | undefined
  readonly scale: number | undefined
}

/** PostgreSQL's limit in bytes; MariaDB's 64 characters are never less. */
const MOST_NAME_BYTES = 63
const HASH_LENGTH = 8

/** Columns of the granted fields; masked values are text, whatever the field was. */
export function columnsOf(fields: readonly PlanField[]): Column[] {
  const taken = new Set([ID_COLUMN])
  return fields.map(({ name, schema, mask }) => {
    const column = columnName(name, taken)
    taken.add(column.toLowerCase())
    return mask === null ? { name: column, type: schema.type, precision: schema.precision, scale: schema.scale } : { name: column, type: 'text', precision: undefined, scale: undefined }
  })
}

/** A name that both databases take: not too long, no blank at the end, told apart also where case does not count. */
function columnName(field: string, taken: ReadonlySet<string>): string {
  const plain = field.replace(/\s+$/, '')
  if (plain !== '' && plain === field && Buffer.byteLength(plain) <= MOST_NAME_BYTES && !taken.has(plain.toLowerCase())) return plain
  let cut = plain
  while (Buffer.byteLength(cut) > MOST_NAME_BYTES - HASH_LENGTH - 1) cut = [...cut].slice(0, -1).join('')
  return `${cut}_${createHash('sha256').update(field).digest('hex').slice(0, HASH_LENGTH)}`
}

/** Values go as text, which each database reads by the type of its column: no digit is lost on the way. */
export const parameterOf = (value: Value): string | null => (value === null ? null : value === true ? '1' : value === false ? '0' : String(value))
