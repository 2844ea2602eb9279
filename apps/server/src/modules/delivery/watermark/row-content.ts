import { CELL_END, HIGH_BASIS, HIGH_PRIME, LOW_BASIS, LOW_PRIME, type MarkKey, rankOf } from './mark-order.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const APOSTROPHE = 0x27

/** Finds the content of a cell in the way in which its form writes it. */
export type ContentReader = 'csv' | 'json-text' | 'json-plain'

/** The content of one record of a sheet after the other, cell by cell, as `ContentHash` has it of texts. */
export class RowContent {
  #low = LOW_BASIS | 0
  #high = HIGH_BASIS | 0

  /** Takes a cell of the record under way: its text without quotes, and without an apostrophe in front. */
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

  /** The record is whole; the next one begins. @returns its place among its neighbours */
  rank(key: MarkKey): number {
    const rank = rankOf(this.#low, this.#high, key)
    this.#low = LOW_BASIS | 0
    this.#high = HIGH_BASIS | 0
    return rank
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
