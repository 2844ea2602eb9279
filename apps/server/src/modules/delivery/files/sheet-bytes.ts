/** Reading the bytes of a sheet that the engine wrote: RFC 4180 with CRLF. */

const COMMA = 44
export const QUOTE = 34
const CR = 13
const LF = 10

/** Behind the line break of the header; -1 when it is not there yet. Names may hold line breaks in quotes. */
export function endOfHeader(bytes: Buffer): number {
  let isQuoted = false
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) isQuoted = !isQuoted
    else if (bytes[at] === LF && !isQuoted) return at + 1
  }
  return -1
}

/** Behind the quote that ends the cell, doubled ones being part of it; -1 when it does not end here. */
export function endOfQuoted(bytes: Buffer, begin: number): number {
  let at = bytes.indexOf(QUOTE, begin + 1)
  while (at !== -1 && bytes[at + 1] === QUOTE) at = bytes.indexOf(QUOTE, at + 2)
  return at === -1 ? -1 : at + 1
}

/** Behind the last byte of a cell without quotes; -1 when it does not end here. */
export function endOfPlain(bytes: Buffer, begin: number): number {
  for (let at = begin; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === COMMA || byte === CR) return at
  }
  return -1
}

/** Bytes that grow as more are put behind them. */
export class ByteBuilder {
  #bytes: Buffer
  length = 0

  /** @param size about as many bytes as will be put */
  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafe(size)
  }

  copy(from: Buffer, begin: number, end: number): void {
    const size = end - begin
    this.#reserve(size)
    const to = this.#bytes
    // A call of the system's copy costs more than a short loop.
    if (size > 64) from.copy(to, this.length, begin, end)
    else for (let at = begin, place = this.length; at < end; at++, place++) to[place] = from[at]! // within both
    this.length += size
  }

  write(text: string): void {
    this.#reserve(text.length * 3)
    this.length += this.#bytes.write(text, this.length)
  }

  taken(): Buffer {
    return this.#bytes.subarray(0, this.length)
  }

  #reserve(size: number): void {
    const needed = this.length + size
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(needed * 2)
    this.#bytes.copy(larger, 0, 0, this.length)
    this.#bytes = larger
  }
}
