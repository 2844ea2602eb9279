import { endOfHeader, QUOTE } from '../files/sheet-bytes.ts'
import { CELL_END, HIGH_BASIS, HIGH_PRIME, LOW_BASIS, LOW_PRIME, type MarkKey, rankOf, sortWindow, WINDOW_ROWS } from './mark-order.ts'

const COMMA = 44
const CR = 13
const APOSTROPHE = 0x27

/** What of a sheet is marked with which key. */
export interface SheetMark {
  readonly key: MarkKey
  /** For each column of the sheet whether its cells make the row's content. */
  readonly marked: readonly boolean[]
}

/**
 * Puts the rows of a sheet that the engine wrote (`DataEngine.exportSheet`) in the order of a mark. The bytes of each row stay
 * as they are. Memory is a chunk and a window; one pass over the bytes.
 */
export async function* markSheet(source: AsyncIterable<Buffer>, mark: SheetMark): AsyncGenerator<Buffer> {
  const windows = new Windows(mark)
  let rest: Buffer = Buffer.alloc(0)
  let isHeader = true
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const begin = isHeader ? Math.max(0, endOfHeader(bytes)) : 0
    if (isHeader && begin === 0) {
      rest = bytes
      continue
    }
    if (isHeader) yield bytes.subarray(0, begin)
    isHeader = false
    const { used, ordered } = windows.order(bytes, begin, false)
    rest = bytes.subarray(used)
    if (ordered.length > 0) yield ordered
  }
  const { used, ordered } = windows.order(rest, 0, true)
  if (used < rest.length && !isHeader) throw new Error(`the sheet ends within a record, ${rest.length - used} bytes before its end`)
  yield isHeader ? rest : ordered
}

/** Reads records and puts them out window by window. */
class Windows {
  readonly #key: MarkKey
  /** Ends behind the last marked column: the rest of a record is only passed over. */
  readonly #marked: Uint8Array
  readonly #starts = new Uint32Array(WINDOW_ROWS + 1)
  readonly #ranks = new Uint32Array(WINDOW_ROWS)
  readonly #order = new Uint8Array(WINDOW_ROWS)
  #rank = 0

  constructor({ key, marked }: SheetMark) {
    this.#key = key
    this.#marked = Uint8Array.from(marked, Number)
  }

  /** All whole windows from `begin` on, and with `isEnd` the last one too, in the order of the mark; what is left begins at `used`. */
  order(bytes: Buffer, begin: number, isEnd: boolean): { used: number; ordered: Buffer } {
    const out = Buffer.allocUnsafe(bytes.length - begin)
    let filled = 0
    let used = begin
    for (let count = 0, at = begin; ;) {
      const end = at < bytes.length ? this.#record(bytes, at) : -1
      if (end !== -1) {
        this.#starts[count] = at
        this.#ranks[count++] = this.#rank
        at = end
      }
      if (count < WINDOW_ROWS && end !== -1) continue
      if (count < WINDOW_ROWS && !isEnd) break
      this.#starts[count] = at
      filled = this.#write(bytes, count, out, filled)
      used = at
      count = 0
      if (end === -1) break
    }
    return { used, ordered: out.subarray(0, filled) }
  }

  #write(bytes: Buffer, count: number, out: Buffer, filled: number): number {
    sortWindow(this.#ranks, count, this.#order)
    let place = filled
    for (let index = 0; index < count; index++) {
      const row = this.#order[index]! // filled up to the count
      const end = this.#starts[row + 1]!
      // A call of the system's copy costs more than a short loop.
      const start = this.#starts[row]!
      if (end - start > 96) {
        bytes.copy(out, place, start, end)
        place += end - start
      } else for (let at = start; at < end; at++) out[place++] = bytes[at]! // within both
    }
    return place
  }

  /** Reads the record that begins here and keeps its rank. @returns where the next one begins; -1 when this one is not whole */
  #record(bytes: Buffer, begin: number): number {
    const { length } = bytes
    const marked = this.#marked
    const columns = marked.length
    let [low, high] = [LOW_BASIS | 0, HIGH_BASIS | 0]
    let at = begin
    for (let column = 0; column < columns; column++) {
      const isMarked = marked[column] === 1
      let byte = bytes[at]! // checked below: at the end it is nothing, and ends the record as not whole
      if (byte === QUOTE) {
        at++
        if (isMarked && bytes[at] === APOSTROPHE) at++
        for (; at < length; at++) {
          byte = bytes[at]!
          if (byte === QUOTE) {
            if (bytes[at + 1] !== QUOTE) break
            at++
          }
          if (isMarked) {
            low = Math.imul(low ^ byte, LOW_PRIME)
            high = Math.imul(high ^ byte, HIGH_PRIME)
          }
        }
        at++
      } else if (isMarked) {
        if (byte === APOSTROPHE) at++
        for (; at < length; at++) {
          byte = bytes[at]!
          if (byte === COMMA || byte === CR) break
          low = Math.imul(low ^ byte, LOW_PRIME)
          high = Math.imul(high ^ byte, HIGH_PRIME)
        }
      } else {
        for (; at < length; at++) {
          byte = bytes[at]!
          if (byte === COMMA || byte === CR) break
        }
      }
      // Behind each cell there is a comma or a line break of two bytes.
      if (at + 1 >= length) return -1
      if (isMarked) {
        low = Math.imul(low ^ CELL_END, LOW_PRIME)
        high = Math.imul(high ^ CELL_END, HIGH_PRIME)
      }
      at++
    }
    this.#rank = rankOf(low, high, this.#key)
    return at + 1
  }
}
