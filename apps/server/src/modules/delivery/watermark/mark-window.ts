import { ByteBuilder } from '../files/byte-builder.ts'
import { CELL_END, HIGH_BASIS, HIGH_PRIME, LOW_BASIS, LOW_PRIME, type MarkKey, rankOf, sortWindow, WINDOW_ROWS } from './mark-order.ts'

export type { MarkKey } from './mark-order.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const APOSTROPHE = 0x27
const ROOM = 16_384

/** Finds the content of a cell in the way in which its form writes it. */
export type ContentReader = 'csv' | 'json-text' | 'json-plain'

/** Records of a sheet, window by window in the order of a mark. */
export class MarkWindow {
  /** Whoever makes a record puts its bytes here. */
  readonly records = new ByteBuilder(ROOM)
  readonly #key: MarkKey
  readonly #ends = new Uint32Array(WINDOW_ROWS)
  readonly #ranks = new Uint32Array(WINDOW_ROWS)
  readonly #order = new Uint8Array(WINDOW_ROWS)
  #count = 0
  #low = LOW_BASIS | 0
  #high = HIGH_BASIS | 0

  constructor(key: MarkKey) {
    this.#key = key
  }

  /** Takes a cell of the record under way into its content: the text without quotes, and without an apostrophe in front. */
  read(form: ContentReader, bytes: Buffer, begin: number, end: number): void {
    const isQuoted = end > begin && bytes[begin] === QUOTE
    if (form === 'json-plain' && !isQuoted) {
      // Nothing is the word null there, and no number begins like it.
      if (bytes[begin] !== 0x6e) this.#add(bytes, begin, end)
    } else if (form === 'json-text' && !isQuoted) {
      // Nothing, too.
    } else if (!isQuoted) this.#addText(bytes, begin, end)
    else if (form === 'csv') this.#addQuoted(bytes, begin + 1, end - 1)
    else this.#addJson(bytes, begin, end)
    this.#low = Math.imul(this.#low ^ CELL_END, LOW_PRIME)
    this.#high = Math.imul(this.#high ^ CELL_END, HIGH_PRIME)
  }

  /** The record is whole; with it, perhaps, its window. */
  end(out: ByteBuilder): void {
    this.#ranks[this.#count] = rankOf(this.#low, this.#high, this.#key)
    this.#ends[this.#count++] = this.records.length
    this.#low = LOW_BASIS | 0
    this.#high = HIGH_BASIS | 0
    if (this.#count === WINDOW_ROWS) this.flush(out)
  }

  /** Puts what waits out, though the window is not full. */
  flush(out: ByteBuilder): void {
    const { bytes } = this.records
    sortWindow(this.#ranks, this.#count, this.#order)
    for (let index = 0; index < this.#count; index++) {
      const record = this.#order[index]! // filled up to the count
      out.copy(bytes, record === 0 ? 0 : this.#ends[record - 1]!, this.#ends[record]!)
    }
    this.records.length = 0
    this.#count = 0
  }

  #addText(bytes: Buffer, begin: number, end: number): void {
    this.#add(bytes, bytes[begin] === APOSTROPHE ? begin + 1 : begin, end)
  }

  #add(bytes: Buffer, begin: number, end: number): void {
    let [low, high] = [this.#low, this.#high]
    for (let at = begin; at < end; at++) {
      const byte = bytes[at]! // within its length
      low = Math.imul(low ^ byte, LOW_PRIME)
      high = Math.imul(high ^ byte, HIGH_PRIME)
    }
    this.#low = low
    this.#high = high
  }

  /** Doubled quotes count once. */
  #addQuoted(bytes: Buffer, begin: number, end: number): void {
    let from = bytes[begin] === APOSTROPHE ? begin + 1 : begin
    for (let at = from; at < end; at++) {
      if (bytes[at] !== QUOTE) continue
      this.#add(bytes, from, ++at)
      from = at + 1
    }
    this.#add(bytes, from, end)
  }

  #addJson(bytes: Buffer, begin: number, end: number): void {
    let escape = begin
    while (escape < end && bytes[escape] !== BACKSLASH) escape++
    if (escape === end) return this.#addText(bytes, begin + 1, end - 1)
    const text = Buffer.from(JSON.parse(bytes.toString('utf8', begin, end)) as string) // a quoted cell is one text
    this.#addText(text, 0, text.length)
  }
}
