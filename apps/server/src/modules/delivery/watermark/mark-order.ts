/**
 * The order that marks a file: rows stay as they are, but within each window of neighbours they stand in the order of a keyed
 * number made of each row's own content. So any part of a file still tells by which key it was ordered, and no value has
 * changed. Compare Li, Guo, Jajodia, "Tamper detection and localization for categorical data using fragile watermarks"
 * (DRM 2004), where order carries a mark too; the windows, and content instead of a primary key's group, are ours.
 */

/** Rows whose order one window holds. Wider: a thinner sample still tells; narrower: rows stay nearer to where they were. */
export const WINDOW_ROWS = 32

/** Four words of 32 bits, derived from the server's secret for one grant. */
export type MarkKey = Uint32Array

export const MARK_KEY_BYTES = 16

export const markKeyOf = (bytes: Uint8Array): MarkKey => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, MARK_KEY_BYTES)
  return Uint32Array.from({ length: 4 }, (_, word) => view.getUint32(word * 4))
}

/** Beginnings and factors of the two halves of a row's content hash (FNV-1a, and the same with another prime). */
export const LOW_BASIS = 0x811c9dc5
export const HIGH_BASIS = 0x9747b28c
export const LOW_PRIME = 0x01000193
export const HIGH_PRIME = 0x5bd1e995
/** Between the cells of a row; no text of a table has it as a whole cell's end. */
export const CELL_END = 0x1f

/** MurmurHash3's last step: each bit of the input moves about half of the bits of the output. */
function mix(word: number): number {
  let h = word
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** Where a row with this content stands among its neighbours under a key: an unsigned number of 32 bits. */
export function rankOf(low: number, high: number, key: MarkKey): number {
  const first = mix(low ^ key[0]!) // a key has four words
  const second = mix((first + (high ^ key[1]!)) | 0)
  return (mix(second ^ key[2]! ^ Math.imul(low, 0x9e3779b1)) ^ key[3]!) >>> 0
}

/** Places of a window's rows in the order of their ranks; equal ranks stay as they were. `order` is filled up to `count`. */
export function sortWindow(ranks: Uint32Array, count: number, order: Uint8Array): void {
  for (let at = 0; at < count; at++) {
    const rank = ranks[at]! // within the window
    let place = at
    while (place > 0 && ranks[order[place - 1]!]! > rank) {
      order[place] = order[place - 1]!
      place--
    }
    order[place] = at
  }
}

const APOSTROPHE = 0x27

/** Content hash of one row: of the text of the marked cells, in their order. Nothing and an empty text are the same. */
export class ContentHash {
  low = 0
  high = 0

  of(cells: readonly string[]): this {
    this.low = LOW_BASIS
    this.high = HIGH_BASIS
    for (const cell of cells) {
      const bytes = Buffer.from(cell)
      // A sheet has an apostrophe in front of what would run as a formula; other forms do not.
      for (let at = bytes[0] === APOSTROPHE ? 1 : 0; at < bytes.length; at++) this.#add(bytes[at]!) // within its length
      this.#add(CELL_END)
    }
    return this
  }

  #add(byte: number): void {
    this.low = Math.imul(this.low ^ byte, LOW_PRIME)
    this.high = Math.imul(this.high ^ byte, HIGH_PRIME)
  }
}
