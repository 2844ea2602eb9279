import type { ByteReader } from './byte-reader.ts'
import type { RowsKind, TableMap } from './binlog-events.ts'
import { readValue, type ValueColumn } from './read-value.ts'

/** A row before and after; null where it was not, or is not any more. */
export interface RowPair {
  readonly before: readonly (string | null)[] | null
  readonly after: readonly (string | null)[] | null
}

/**
 * Rows of an event, each with the texts of all columns.
 * @throws MissingColumns when the server writes only some columns of a row
 */
export function readRows(kind: RowsKind, body: ByteReader, map: TableMap, columns: readonly ValueColumn[]): RowPair[] {
  const count = body.lengthEncoded()
  const present = body.bytes((count + 7) >> 3)
  const presentAfter = kind === 'update' ? body.bytes((count + 7) >> 3) : present
  for (const bits of [present, presentAfter]) {
    for (let index = 0; index < count; index++) if (!isSet(bits, index)) throw new MissingColumns()
  }
  const pairs: RowPair[] = []
  while (body.left > 0) {
    const first = readRow(body, map, columns)
    if (kind === 'write') pairs.push({ before: null, after: first })
    else if (kind === 'delete') pairs.push({ before: first, after: null })
    else pairs.push({ before: first, after: readRow(body, map, columns) })
  }
  return pairs
}

/** `binlog_row_image` is not FULL. */
export class MissingColumns extends Error {}

const isSet = (bits: Buffer, index: number): boolean => (bits[index >> 3]! & (1 << (index & 7))) !== 0 // as many bits as columns

function readRow(body: ByteReader, map: TableMap, columns: readonly ValueColumn[]): (string | null)[] {
  const nulls = body.bytes((map.columns.length + 7) >> 3)
  return map.columns.map(({ type, meta }, index) => (isSet(nulls, index) ? null : readValue(body, type, meta, columns[index]!))) // as many as the map has
}
