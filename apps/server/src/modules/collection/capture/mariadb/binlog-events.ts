import { ByteReader } from './byte-reader.ts'

/** A table as its rows are written behind it: the types of its columns with what is needed to read their values. */
export interface TableMap {
  readonly tableId: number
  readonly schema: string
  readonly table: string
  readonly columns: readonly { readonly type: number; readonly meta: number }[]
}

export type RowsKind = 'write' | 'update' | 'delete'

/** What a binary log says, as far as capture needs it. `end` is the place behind the event in its file. */
export type BinlogEvent = { readonly at: Date; readonly end: number } & (
  | { readonly kind: 'rotate'; readonly file: string; readonly position: number }
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit' }
  | { readonly kind: 'statement'; readonly schema: string; readonly text: string }
  | { readonly kind: 'table'; readonly map: TableMap }
  | { readonly kind: 'rows'; readonly rows: RowsKind; readonly tableId: number; readonly body: ByteReader }
  /** Written in a form that is not read here. */
  | { readonly kind: 'unreadable'; readonly type: number }
  /** Nothing has come for a while. */
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'other' }
)

const HEADER_BYTES = 19
const ROWS: Readonly<Record<number, RowsKind>> = { 23: 'write', 24: 'update', 25: 'delete', 30: 'write', 31: 'update', 32: 'delete' }
/** Version 2 of these events has a field of variable length more in its head. */
const ROWS_V2_FROM = 30
/** Compressed statements, rows and transactions; updates of parts of a JSON document. */
const UNREADABLE: ReadonlySet<number> = new Set([39, 40, 165, 166, 167, 168, 169, 170, 171])

/** Columns whose values need more than their type, by the bytes that tell it. */
const META_BYTES: Readonly<Record<number, 1 | 2>> = {
  4: 1, 5: 1, 15: 2, 16: 2, 17: 1, 18: 1, 19: 1, 140: 1, 141: 2, 245: 1, 246: 2, 247: 2, 248: 2, 249: 1, 250: 1, 251: 1, 252: 1, 253: 2, 254: 2, 255: 1,
}
/** These two write the high byte first. */
const BIG_ENDIAN_META: ReadonlySet<number> = new Set([246, 247, 248, 253, 254])

const FORMAT = 15
const CHECKSUM_BYTES = 4

/** Events without the checksum behind them: the description at the beginning of each file says whether there is one. */
export function createChecksumStripper(): (bytes: Buffer) => Buffer {
  let hasChecksum = false
  return (bytes) => {
    if (bytes[4] === FORMAT) {
      // How it is made stands before its own.
      hasChecksum = bytes[bytes.length - CHECKSUM_BYTES - 1] !== 0
      return bytes
    }
    return hasChecksum ? bytes.subarray(0, -CHECKSUM_BYTES) : bytes
  }
}

/** Reads one event, without checksum behind it. @see https://mariadb.com/kb/en/replication-protocol/ */
export function readEvent(bytes: Buffer): BinlogEvent {
  const reader = new ByteReader(bytes)
  const at = new Date(reader.uint(4) * 1000)
  const type = reader.uint(1)
  reader.skip(8)
  const end = reader.uint(4)
  reader.skip(HEADER_BYTES - 17)
  const rows = ROWS[type]
  if (rows !== undefined) return { at, end, kind: 'rows', rows, ...rowsHead(reader, type >= ROWS_V2_FROM) }
  if (UNREADABLE.has(type)) return { at, end, kind: 'unreadable', type }
  switch (type) {
    case 2: return { at, end, ...statement(reader) }
    case 4: return { at, end, kind: 'rotate', position: reader.uint(8), file: reader.text(reader.left) }
    case 16: return { at, end, kind: 'commit' }
    case 19: return { at, end, kind: 'table', map: tableMap(reader) }
    case 27: return { at, end, kind: 'heartbeat' }
    case 162: return gtid(reader, at, end)
    default: return { at, end, kind: 'other' }
  }
}

function statement(reader: ByteReader): { kind: 'begin' | 'commit' } | { kind: 'statement'; schema: string; text: string } {
  reader.skip(8)
  const schemaBytes = reader.uint(1)
  reader.skip(2)
  reader.skip(reader.uint(2))
  const schema = reader.text(schemaBytes)
  reader.skip(1)
  const text = reader.text(reader.left)
  if (text === 'BEGIN') return { kind: 'begin' }
  // Tables without transactions end theirs with the word.
  return text === 'COMMIT' ? { kind: 'commit' } : { kind: 'statement', schema, text }
}

/** MariaDB opens each transaction with its number; one that stands alone has no end of its own. */
function gtid(reader: ByteReader, at: Date, end: number): BinlogEvent {
  reader.skip(8 + 4)
  const isStandalone = (reader.uint(1) & 1) === 1
  return { at, end, kind: isStandalone ? 'other' : 'begin' }
}

function tableMap(reader: ByteReader): TableMap {
  const tableId = reader.uint(6)
  reader.skip(2)
  const schema = reader.text(reader.uint(1))
  reader.skip(1)
  const table = reader.text(reader.uint(1))
  reader.skip(1)
  const types = [...reader.bytes(reader.lengthEncoded())]
  const metas = new ByteReader(reader.bytes(reader.lengthEncoded()))
  const columns = types.map((type) => {
    const bytes = META_BYTES[type]
    const meta = bytes === undefined ? 0 : BIG_ENDIAN_META.has(type) ? metas.uint(1) * 256 + metas.uint(1) : metas.uint(bytes)
    return { type, meta }
  })
  return { tableId, schema, table, columns }
}

function rowsHead(reader: ByteReader, isV2: boolean): { tableId: number; body: ByteReader } {
  const tableId = reader.uint(6)
  reader.skip(2)
  if (isV2) reader.skip(reader.uint(2) - 2)
  return { tableId, body: reader }
}
