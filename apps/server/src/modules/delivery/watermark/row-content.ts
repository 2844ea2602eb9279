import { CELL_END, HIGH_BASIS, HIGH_PRIME, LOW_BASIS, LOW_PRIME, type MarkKey, rankOf } from './mark-order.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const APOSTROPHE = 0x27
const LETTER_N = 0x6e

/** Finds the content of a cell in the way in which its form writes it. */
export type ContentReader = 'csv' | 'json-text' | 'json-plain'

const SKIPPED = 0
const CSV = 1
const JSON_TEXT = 2
const JSON_PLAIN = 3
const KINDS = { csv: CSV, 'json-text': JSON_TEXT, 'json-plain': JSON_PLAIN } as const satisfies Record<ContentReader, number>

/** The content of records of a sheet, cell by cell, as `ContentHash` has it of texts: without quotes, and without an apostrophe in front. */
export class RowContent {
  readonly #kinds: Uint8Array
  /** The hash, while a cell that is not plain is read. */
  #low = 0
  #high = 0

  /** @param readers for each column that stands apart; null for those that are not of the content */
  constructor(readers: readonly (ContentReader | null)[]) {
    this.#kinds = Uint8Array.from(readers, (reader) => (reader === null ? SKIPPED : KINDS[reader]))
  }

  /**
   * Half of the time of a marked file is spent here, so the hash stays in local numbers as long as cells are plain.
   * @param begin of the record
   * @param lengths from `place` on, of the text in front of each column and of the column; -1 for null
   * @returns the record's place among its neighbours
   */
  rank(bytes: Buffer, begin: number, lengths: Int32Array, place: number, key: MarkKey): number {
    const kinds = this.#kinds
    let [low, high, at] = [LOW_BASIS | 0, HIGH_BASIS | 0, begin]
    for (let column = 0; column < kinds.length; column++) {
      at += lengths[place++]! // as many as parts
      const length = lengths[place++]! // as above
      const end = length > 0 ? at + length : at
      const kind = kinds[column]! // within its length
      if (kind === SKIPPED) {
        at = end
        continue
      }
      const first = at < end ? bytes[at]! : 0 // within its length
      const isQuoted = first === QUOTE
      let from = at
      let to = end
      if (isQuoted) {
        from++
        to--
      }
      if (kind !== JSON_PLAIN || isQuoted) {
        // Without quotes it is nothing there.
        if (kind === JSON_TEXT && !isQuoted) from = end
        else if (bytes[from] === APOSTROPHE) from++
      } else if (first === LETTER_N) from = end // the word null: no number begins like it
      if (isQuoted && hasAny(bytes, at + 1, end - 1, kind === CSV ? QUOTE : BACKSLASH)) {
        this.#low = low
        this.#high = high
        if (kind === CSV) this.#addQuoted(bytes, at + 1, end - 1)
        else this.#addJson(bytes, at, end)
        low = this.#low
        high = this.#high
      } else {
        for (; from < to; from++) {
          const byte = bytes[from]! // within its length
          low = Math.imul(low ^ byte, LOW_PRIME)
          high = Math.imul(high ^ byte, HIGH_PRIME)
        }
      }
      low = Math.imul(low ^ CELL_END, LOW_PRIME)
      high = Math.imul(high ^ CELL_END, HIGH_PRIME)
      at = end
    }
    return rankOf(low, high, key)
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
    const text = Buffer.from(JSON.parse(bytes.toString('utf8', begin, end)) as string) // a quoted cell is one text
    this.#add(text, text[0] === APOSTROPHE ? 1 : 0, text.length)
  }
}

function hasAny(bytes: Buffer, begin: number, end: number, byte: number): boolean {
  for (let at = begin; at < end; at++) if (bytes[at] === byte) return true
  return false
}
