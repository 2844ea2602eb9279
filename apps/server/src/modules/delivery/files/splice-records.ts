import { type ContentReader, type MarkKey, MarkWindow } from '../watermark/mark-window.ts'
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
 * byte. Memory is a chunk, the record that it breaks off in, and a window of the mark.
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
    const { used, made } = splicer.splice(bytes, begin)
    rest = bytes.subarray(used)
    if (made.length > 0) yield made
    onRows(splicer.rows)
  }
  if (isHeader) yield rest
  else if (rest.length > 0) throw new Error(`the sheet ends within a record, ${rest.length} bytes before its end`)
  const last = splicer.last()
  if (last.length > 0) yield last
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
  readonly #lengths: Int32Array
  readonly #window: MarkWindow | null

  constructor({ columns, mark }: Splicing) {
    this.#columns = columns
    this.#lengths = new Int32Array(2 * columns.length + 1)
    this.#window = mark === null ? null : new MarkWindow(mark)
  }

  /** All whole records from `begin` on, save those that wait for their window; what is left begins at `used`. */
  splice(bytes: Buffer, begin: number): { used: number; made: Buffer } {
    const out = new ByteBuilder(bytes.length + SPARE)
    const window = this.#window
    let used = begin
    for (;;) {
      const parts = this.#partsOf(bytes, used)
      if (parts === -1) break
      used = this.#put(bytes, parts, window === null ? out : window.records)
      this.rows++
      window?.end(out)
    }
    return { used, made: out.taken() }
  }

  /** The last window. */
  last(): Buffer {
    const out = new ByteBuilder(SPARE)
    this.#window?.flush(out)
    return out.taken()
  }

  /** Reads the lengths. @returns where the parts of the record begin; -1 when it is not whole */
  #partsOf(bytes: Buffer, begin: number): number {
    const lengths = this.#lengths
    const { length } = bytes
    let [at, place, value, size] = [begin, 0, -1, 1]
    for (; at < length; at++) {
      const byte = bytes[at]! // within its length
      if (byte >= ZERO && byte <= NINE) {
        value = (value === -1 ? 0 : 10 * value) + byte - ZERO
        continue
      }
      lengths[place++] = value
      if (value > 0) size += value
      value = -1
      if (byte === COLON) return at + 1 + size <= length ? at + 1 : -1
    }
    return -1
  }

  /** @returns where the next record begins */
  #put(bytes: Buffer, begin: number, out: ByteBuilder): number {
    const lengths = this.#lengths
    let at = begin
    let place = 0
    for (const column of this.#columns) {
      const text = lengths[place++]! // as many as parts
      out.copy(bytes, at, at + text)
      at += text
      const length = lengths[place++]! // as above
      if ('mask' in column) {
        column.mask(bytes, at, at + length, out)
        at += Math.max(0, length)
      } else {
        this.#window?.read(column.reads, bytes, at, at + length)
        out.copy(bytes, at, at + length)
        at += length
      }
    }
    // The line break stands behind the last part.
    const end = at + lengths[place]! + 1
    out.copy(bytes, at, end)
    return end
  }
}
