import { type MarkKey, sortWindow, WINDOW_ROWS } from '../watermark/mark-order.ts'
import { type ContentReader, RowContent } from '../watermark/row-content.ts'
import { ByteBuilder } from './byte-builder.ts'
import type { CellMask } from './cell-mask.ts'
import { PIECE_BYTES } from './follow-file.ts'

const ZERO = 48
const NINE = 57
const COLON = 58
const LF = 10
/** Room for what masks add to a piece; it grows when they add more. */
const SPARE = 65_536

/** What is done with a cell that the engine left apart: it is masked, or its content is read for the mark. */
export type ApartColumn = { readonly mask: CellMask } | { readonly reads: ContentReader }

export interface Splicing {
  /** In the order of the sheet. */
  readonly columns: readonly ApartColumn[]
  /** Puts rows in the order of a mark. */
  readonly mark: MarkKey | null
  /** Whether the sheet begins with a header. */
  readonly hasHeader: boolean
}

/**
 * The records of a sheet that the engine wrote with cells apart (`DataEngine.exportSheet`), put together: masked cells in their
 * places, rows in the order of the mark. Lengths lead from part to part, so that only those cells are looked at byte by
 * byte. Memory is a chunk, and the window of records that it breaks off in. Chunks are not looked at any more when the next one is asked
 * for, and what is given is whole until then, too.
 * @param onRows told after each chunk how many rows have passed
 */
export async function* spliceRecords(source: AsyncIterable<Buffer>, splicing: Splicing, onRows: (rows: number) => void): AsyncGenerator<Buffer> {
  const splicer = new Splicer(splicing)
  const waiting = new ByteBuilder(PIECE_BYTES + SPARE)
  let isHeader = splicing.hasHeader
  for await (const chunk of source) {
    waiting.copy(chunk, 0, chunk.length)
    const bytes = waiting.taken()
    const begin = isHeader ? endOfHeader(bytes) : 0
    if (begin === -1) continue
    if (isHeader) yield bytes.subarray(0, begin)
    isHeader = false
    const { used, made } = splicer.splice(bytes, begin, false)
    waiting.drop(used)
    if (made.length > 0) yield made
    onRows(splicer.rows)
  }
  const rest = waiting.taken()
  if (isHeader) return yield rest
  const { used, made } = splicer.splice(rest, 0, true)
  if (used < rest.length) throw new Error(`the sheet ends within a record, ${rest.length - used} bytes before its end`)
  if (made.length > 0) yield made
}

/** Behind the line break of the header; -1 when it is not there yet. Names may hold line breaks in quotes. */
function endOfHeader(bytes: Buffer): number {
  let isQuoted = false
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 34) isQuoted = !isQuoted
    else if (bytes[at] === LF && !isQuoted) return at + 1
  }
  return -1
}

class Splicer {
  rows = 0
  readonly #mark: MarkKey | null
  readonly #content: RowContent
  /** Of a record: a text in front of each column, the column, and a text behind the last. */
  readonly #parts: number
  /** Of each part of each record of a window; -1 for null. */
  readonly #lengths: Int32Array
  /** Where the parts of each record begin. */
  readonly #begins = new Float64Array(WINDOW_ROWS)
  readonly #ranks = new Uint32Array(WINDOW_ROWS)
  readonly #out = new ByteBuilder(PIECE_BYTES + SPARE)
  /** The masked columns, with their cells of a window: first as they came, one behind the other, then masked. */
  readonly #masked: readonly MaskedColumn[]
  readonly #order = Uint8Array.from({ length: WINDOW_ROWS }, (_, place) => place)

  constructor({ columns, mark }: Splicing) {
    this.#mark = mark
    this.#content = new RowContent(columns.map((column) => ('reads' in column ? column.reads : null)))
    this.#masked = columns.flatMap((column, index) => ('mask' in column ? [new MaskedColumn(column.mask, index)] : []))
    this.#parts = 2 * columns.length + 1
    this.#lengths = new Int32Array(this.#parts * WINDOW_ROWS)
  }

  /** All whole windows from `begin` on, at the end also the last one, which may be smaller; what is left begins at `used`. */
  splice(bytes: Buffer, begin: number, isEnd: boolean): { used: number; made: Buffer } {
    const out = this.#out
    out.clear()
    for (let used = begin; ;) {
      let count = 0
      let at = used
      for (; count < WINDOW_ROWS; count++) {
        const next = this.#find(bytes, at, count)
        if (next === -1) break
        at = next
      }
      if (count === 0 || (count < WINDOW_ROWS && !isEnd)) return { used, made: out.taken() }
      this.#maskAll(bytes, count)
      if (this.#mark !== null) this.#arrange(bytes, count, this.#mark)
      for (let place = 0; place < count; place++) this.#put(bytes, this.#order[place]!, out) // filled up to the count
      this.rows += count
      used = at
    }
  }

  /** Reads the lengths of a window's record. @returns where the next record begins; -1 when this one is not whole */
  #find(bytes: Buffer, begin: number, record: number): number {
    const lengths = this.#lengths
    const { length } = bytes
    let [at, place, value, size] = [begin, record * this.#parts, -1, 1]
    for (; at < length; at++) {
      const byte = bytes[at]! // within its length
      if (byte >= ZERO && byte <= NINE) {
        value = (value === -1 ? 0 : 10 * value) + byte - ZERO
        continue
      }
      lengths[place++] = value
      if (value > 0) size += value
      value = -1
      if (byte !== COLON) continue
      this.#begins[record] = at + 1
      const end = at + 1 + size
      return end <= length ? end : -1
    }
    return -1
  }

  /** Puts the records of a window in the order of the mark. */
  #arrange(bytes: Buffer, count: number, mark: MarkKey): void {
    for (let record = 0; record < count; record++) {
      this.#ranks[record] = this.#content.rank(bytes, this.#begins[record]!, this.#lengths, record * this.#parts, mark) // found before
    }
    sortWindow(this.#ranks, count, this.#order)
  }

  /** Masks the cells of a window, column by column: so texts are made of many at once. */
  #maskAll(bytes: Buffer, count: number): void {
    const lengths = this.#lengths
    for (let record = 0; record < count; record++) {
      const first = record * this.#parts
      let place = first
      let at = this.#begins[record]! // found before
      for (const column of this.#masked) {
        for (const own = first + 2 * column.index + 1; place < own; place++) at += Math.max(0, lengths[place]!) // as many as parts
        column.add(bytes, at, lengths[place]!, record) // as above
      }
    }
    for (const column of this.#masked) column.mask(count)
  }

  /** What stands between masked cells is copied as it is. */
  #put(bytes: Buffer, record: number, out: ByteBuilder): void {
    const lengths = this.#lengths
    const first = record * this.#parts
    let place = first
    let at = this.#begins[record]! // found before
    let copied = at
    for (const column of this.#masked) {
      for (const own = first + 2 * column.index + 1; place < own; place++) at += Math.max(0, lengths[place]!) // as many as parts
      out.copy(bytes, copied, at)
      out.text(column.cells[record]!) // masked before
      at += Math.max(0, lengths[place++]!) // as above
      copied = at
    }
    // The line break stands behind the last part.
    for (const end = first + this.#parts; place < end; place++) at += Math.max(0, lengths[place]!) // as above
    out.copy(bytes, copied, at + 1)
  }
}

/** The cells of a masked column in a window. */
class MaskedColumn {
  readonly index: number
  /** As they stand in the file. */
  readonly cells: string[] = []
  readonly #mask: CellMask
  readonly #raw = new ByteBuilder(WINDOW_ROWS * 32)
  /** Where each ends in the text of all of them; -1 for null. */
  readonly #ends = new Int32Array(WINDOW_ROWS)
  #units = 0

  /** @param index among all columns apart */
  constructor(mask: CellMask, index: number) {
    this.#mask = mask
    this.index = index
  }

  /** @param length -1 for null */
  add(bytes: Buffer, begin: number, length: number, record: number): void {
    if (length > 0) {
      this.#raw.copy(bytes, begin, begin + length)
      this.#units += unitsOf(bytes, begin, begin + length)
    }
    this.#ends[record] = length < 0 ? -1 : this.#units
  }

  mask(count: number): void {
    const text = this.#raw.taken().toString()
    let begin = 0
    for (let record = 0; record < count; record++) {
      const end = this.#ends[record]! // added before
      this.cells[record] = this.#mask(end === -1 ? null : text.slice(begin, end))
      if (end !== -1) begin = end
    }
    this.#raw.clear()
    this.#units = 0
  }
}

/** Units of UTF-16 that bytes of UTF-8 become: one for each character's first byte, two where it has four. */
function unitsOf(bytes: Buffer, begin: number, end: number): number {
  let units = 0
  for (let at = begin; at < end; at++) {
    const byte = bytes[at]! // within its length
    if ((byte & 0xc0) !== 0x80) units += byte < 0xf0 ? 1 : 2
  }
  return units
}
