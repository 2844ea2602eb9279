import { type MarkKey, sortWindow, WINDOW_ROWS } from '../watermark/mark-order.ts'
import { type ContentReader, RowContent } from '../watermark/row-content.ts'
import { ByteBuilder } from './byte-builder.ts'
import type { CellMask } from './cell-mask.ts'

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
 * byte. Memory is a chunk, and the window of records that it breaks off in.
 * @param onRows told after each chunk how many rows have passed
 */
export async function* spliceRecords(source: AsyncIterable<Buffer>, splicing: Splicing, onRows: (rows: number) => void): AsyncGenerator<Buffer> {
  const splicer = new Splicer(splicing)
  let rest: Buffer = Buffer.alloc(0)
  let isHeader = splicing.hasHeader
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const begin = isHeader ? endOfHeader(bytes) : 0
    if (begin === -1) {
      rest = bytes
      continue
    }
    if (isHeader) yield bytes.subarray(0, begin)
    isHeader = false
    const { used, made } = splicer.splice(bytes, begin, false)
    rest = bytes.subarray(used)
    if (made.length > 0) yield made
    onRows(splicer.rows)
  }
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
  readonly #columns: readonly ApartColumn[]
  readonly #mark: MarkKey | null
  readonly #content: RowContent
  /** Of a record: a text in front of each column, the column, and a text behind the last. */
  readonly #parts: number
  /** Of each part of each record of a window; -1 for null. */
  readonly #lengths: Int32Array
  /** Where the parts of each record begin. */
  readonly #begins = new Float64Array(WINDOW_ROWS)
  readonly #ranks = new Uint32Array(WINDOW_ROWS)
  readonly #order = Uint8Array.from({ length: WINDOW_ROWS }, (_, place) => place)

  constructor({ columns, mark }: Splicing) {
    this.#columns = columns
    this.#mark = mark
    this.#content = new RowContent(columns.map((column) => ('reads' in column ? column.reads : null)))
    this.#parts = 2 * columns.length + 1
    this.#lengths = new Int32Array(this.#parts * WINDOW_ROWS)
  }

  /** All whole windows from `begin` on, at the end also the last one, which may be smaller; what is left begins at `used`. */
  splice(bytes: Buffer, begin: number, isEnd: boolean): { used: number; made: Buffer } {
    const out = new ByteBuilder(bytes.length + SPARE)
    for (let used = begin; ;) {
      let count = 0
      let at = used
      for (; count < WINDOW_ROWS; count++) {
        const next = this.#find(bytes, at, count)
        if (next === -1) break
        at = next
      }
      if (count === 0 || (count < WINDOW_ROWS && !isEnd)) return { used, made: out.taken() }
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

  /** What stands between masked cells is copied as it is. */
  #put(bytes: Buffer, record: number, out: ByteBuilder): void {
    const lengths = this.#lengths
    let place = record * this.#parts
    let at = this.#begins[record]! // found before
    let copied = at
    for (const column of this.#columns) {
      at += lengths[place++]! // as many as parts
      const length = lengths[place++]! // as above
      const end = length > 0 ? at + length : at
      if ('mask' in column) {
        out.copy(bytes, copied, at)
        column.mask(bytes, at, at + length, out)
        copied = end
      }
      at = end
    }
    // The line break stands behind the last part.
    out.copy(bytes, copied, at + lengths[place]! + 1)
  }
}
