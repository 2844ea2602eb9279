import type { PlanField } from '../plan/plan.ts'
import { cellMask, type CellMask } from './cell-mask.ts'
import { ByteBuilder, endOfHeader, endOfPlain, QUOTE } from './sheet-bytes.ts'

const BACKSLASH = 92
const FIRST_PRINTED = 32
const NULL = Buffer.from('null')
const MARK = Buffer.from('"')
/** Between the records of a JSON array, and before the first. */
const NEXT = Buffer.from(',\n')
const FIRST = Buffer.from('[\n')

interface Column {
  /** `{"name":` or `,"name":`. */
  readonly key: Buffer
  readonly mask: CellMask | null
  /** Dates, times and long decimals are text in JSON though the sheet has them without quotes. */
  readonly isText: boolean
}

/**
 * A sheet that the engine wrote, all texts apart (`DataEngine.exportSheet`), as one JSON array of objects, masked. It goes
 * over the bytes once: only masked cells, and the few texts that JSON writes otherwise, become strings on the way.
 * Memory is a chunk and the record that it breaks off in.
 * @param onRows told after each chunk how many rows have passed
 */
export async function* sheetToJson(source: AsyncIterable<Buffer>, fields: readonly PlanField[], onRows: (rows: number) => void): AsyncGenerator<Buffer> {
  const columns = fields.map((field, index): Column => ({
    key: Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(field.name)}:`),
    mask: cellMask(field, JSON.stringify),
    isText: !isPlainJson(field),
  }))
  let rest: Buffer = Buffer.alloc(0)
  let rows = 0
  let isHeader = true
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let used = 0
    if (isHeader) {
      used = endOfHeader(bytes)
      isHeader = used === -1
    }
    if (isHeader) {
      rest = bytes
      continue
    }
    const done = toJson(bytes, used, columns, rows === 0)
    rest = bytes.subarray(done.used)
    rows += done.rows
    yield done.json
    onRows(rows)
  }
  if (rest.length > 0) throw new Error(`the sheet ends within a record, ${rest.length} bytes before its end`)
  yield Buffer.from(rows === 0 ? '[\n]\n' : '\n]\n')
}

function isPlainJson({ schema }: PlanField): boolean {
  if (schema.type === 'decimal') return (schema.precision ?? 38) <= 15
  return schema.type === 'integer' || schema.type === 'boolean'
}

/** All whole records from `begin` on; what is left begins at `used`. */
function toJson(bytes: Buffer, begin: number, columns: readonly Column[], isFirst: boolean): { used: number; rows: number; json: Buffer } {
  const out = new ByteBuilder(bytes.length * 3)
  let used = begin
  let rows = 0
  while (used < bytes.length) {
    const lengthBefore = out.length
    const between = isFirst && rows === 0 ? FIRST : NEXT
    out.copy(between, 0, between.length)
    const end = record(used)
    if (end === -1) {
      out.length = lengthBefore
      break
    }
    used = end
    rows++
  }
  return { used, rows, json: out.taken() }

  /** @returns where the next record begins; -1 when this one is not whole */
  function record(start: number): number {
    let at = start
    for (let index = 0; index < columns.length; index++) {
      const { key, mask, isText } = columns[index]! // within its length
      out.copy(key, 0, key.length)
      const end = bytes[at] === QUOTE ? quoted(at, mask) : plain(at, mask, isText)
      // Behind each cell there is a comma or a line break of two bytes; a quote at the very end could be half of two.
      if (end === -1 || end + 1 >= bytes.length) return -1
      at = end + 1
    }
    out.write('}')
    return at + 1
  }

  function plain(at: number, mask: CellMask | null, isText: boolean): number {
    const end = endOfPlain(bytes, at)
    if (end === -1) return -1
    if (mask !== null) out.write(mask(bytes.toString('latin1', at, end), end === at))
    else if (end === at) out.copy(NULL, 0, NULL.length)
    else if (isText) {
      out.copy(MARK, 0, 1)
      out.copy(bytes, at, end)
      out.copy(MARK, 0, 1)
    } else out.copy(bytes, at, end)
    return end
  }

  function quoted(at: number, mask: CellMask | null): number {
    let isPlain = true
    let end = at + 1
    for (; end < bytes.length; end++) {
      const byte = bytes[end]! // within its length
      if (byte === QUOTE) {
        if (bytes[end + 1] !== QUOTE) break
        end++
        isPlain = false
      } else if (byte === BACKSLASH || byte < FIRST_PRINTED) isPlain = false
    }
    if (end >= bytes.length) return -1
    end++
    if (mask === null && isPlain) out.copy(bytes, at, end)
    else {
      const raw = bytes.toString('utf8', at + 1, end - 1)
      const text = isPlain ? raw : raw.replaceAll('""', '"')
      out.write(mask === null ? JSON.stringify(text) : mask(text, false))
    }
    return end
  }
}
