import type { Value } from '@datong/data-engine'
import type { PlanField } from '../plan/plan.ts'
import { csvCell } from '../rows/csv.ts'

const COMMA = 44
const QUOTE = 34
const CR = 13
const LF = 10

/** Values of a masked column whose masked cell is remembered; columns that rarely repeat are not remembered at all. */
const REMEMBERED = 50_000
/** Room for what masks add to a piece; it grows when they add more. */
const SPARE = 65_536

/** Turns the raw text of a cell into its masked one. */
type CellMask = (text: string, isNull: boolean) => string

/**
 * Masks some columns of a sheet that the engine wrote (`DataEngine.exportSheet`), leaving all other bytes as they are.
 * Memory is a chunk and the record that it breaks off in.
 * @param columns in the order of the sheet; those with a mask were written apart
 * @param onRows told after each chunk how many rows have passed
 */
export async function* maskSheet(source: AsyncIterable<Buffer>, columns: readonly PlanField[], onRows: (rows: number) => void): AsyncGenerator<Buffer> {
  const masks = columns.map(cellMask)
  let rest: Buffer = Buffer.alloc(0)
  let records = 0
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const { used, records: more, masked } = maskRecords(bytes, masks, records === 0)
    rest = bytes.subarray(used)
    records += more
    yield masked
    onRows(Math.max(0, records - 1)) // the first is the header
  }
  if (rest.length > 0) throw new Error(`the sheet ends within a record, ${rest.length} bytes before its end`)
}

/** All whole records of a piece, masked; what is left begins at `used`. */
function maskRecords(bytes: Buffer, masks: readonly (CellMask | null)[], startsWithHeader: boolean): { used: number; records: number; masked: Buffer } {
  let out = Buffer.allocUnsafe(bytes.length + SPARE)
  let length = 0
  let copied = 0
  const put = (until: number, cell: string): void => {
    const needed = length + until - copied + cell.length * 3
    if (needed > out.length) {
      const larger = Buffer.allocUnsafe(needed * 2)
      out.copy(larger, 0, 0, length)
      out = larger
    }
    length += bytes.copy(out, length, copied, until)
    length += out.write(cell, length)
  }
  let used = startsWithHeader ? Math.max(0, endOfHeader(bytes)) : 0
  let records = used > 0 ? 1 : 0
  while (used < bytes.length && (records > 0 || !startsWithHeader)) {
    const [lengthBefore, copiedBefore] = [length, copied]
    const end = maskRecord(used)
    if (end === -1) {
      length = lengthBefore
      copied = copiedBefore
      break
    }
    used = end
    records++
  }
  put(used, '')
  return { used, records, masked: out.subarray(0, length) }

  /** Masks the record that begins here. @returns where the next one begins; -1 when this one is not whole */
  function maskRecord(begin: number): number {
    let at = begin
    for (const mask of masks) {
      const isQuoted = bytes[at] === QUOTE
      const end = isQuoted ? endOfQuoted(bytes, at) : endOfPlain(bytes, at)
      // Behind each cell there is a comma or a line break of two bytes; a quote at the very end could be half of two.
      if (end === -1 || end + 1 >= bytes.length) return -1
      if (mask !== null) {
        const text = isQuoted ? bytes.toString('utf8', at + 1, end - 1) : bytes.toString('latin1', at, end)
        put(at, mask(isQuoted && text.includes('"') ? text.replaceAll('""', '"') : text, end === at))
        copied = end
      }
      at = end + 1
    }
    return at + 1
  }
}

/** Behind the line break of the header; -1 when it is not there yet. Names may hold line breaks in quotes. */
function endOfHeader(bytes: Buffer): number {
  let isQuoted = false
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) isQuoted = !isQuoted
    else if (bytes[at] === LF && !isQuoted) return at + 1
  }
  return -1
}

/** Behind the quote that ends the cell, doubled ones being part of it; -1 when it does not end here. */
function endOfQuoted(bytes: Buffer, begin: number): number {
  let at = bytes.indexOf(QUOTE, begin + 1)
  while (at !== -1 && bytes[at + 1] === QUOTE) at = bytes.indexOf(QUOTE, at + 2)
  return at === -1 ? -1 : at + 1
}

/** Behind the last byte of a cell without quotes; -1 when it does not end here. */
function endOfPlain(bytes: Buffer, begin: number): number {
  for (let at = begin; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === COMMA || byte === CR) return at
  }
  return -1
}

function cellMask({ mask, schema }: PlanField): CellMask | null {
  if (mask === null) return null
  const isNumber = schema.type === 'integer' || (schema.type === 'decimal' && (schema.precision ?? 38) <= 15)
  const valueOf = (text: string): Value => (isNumber ? Number(text) : schema.type === 'boolean' ? text === 'true' : text)
  const remembered = new Map<string, string>()
  let nothing: string | undefined
  let hits = 0
  let remembers = true
  return (text, isNull) => {
    if (isNull) return (nothing ??= csvCell(mask(null)))
    if (!remembers) return csvCell(mask(valueOf(text)))
    const known = remembered.get(text)
    if (known !== undefined) {
      hits++
      return known
    }
    if (remembered.size === REMEMBERED) {
      remembers = hits > REMEMBERED
      remembered.clear()
      hits = 0
    }
    const cell = csvCell(mask(valueOf(text)))
    remembered.set(text, cell)
    return cell
  }
}
