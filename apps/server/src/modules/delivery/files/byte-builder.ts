/** A call of the system's copy costs more than a short loop. */
const SHORT = 64

/** Bytes that grow as more are put behind them; their place is used again when they are cleared. */
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
    if (size > SHORT) from.copy(to, this.length, begin, end)
    else for (let at = begin, place = this.length; at < end; at++, place++) to[place] = from[at]! // within both
    this.length += size
  }

  /** Puts a text as UTF-8. */
  text(text: string): void {
    this.#reserve(3 * text.length)
    const to = this.#bytes
    let place = this.length
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit < 0x80) to[place++] = unit
      else if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) {
        to[place++] = 0xe0 | (unit >> 12)
        to[place++] = 0x80 | ((unit >> 6) & 0x3f)
        to[place++] = 0x80 | (unit & 0x3f)
      } else {
        this.length += to.write(text, this.length)
        return
      }
    }
    this.length = place
  }

  clear(): void {
    this.length = 0
  }

  /** Lets go of the first bytes; those behind them move up. */
  drop(count: number): void {
    this.#bytes.copyWithin(0, count, this.length)
    this.length -= count
  }

  /** What stands here, until something else does. */
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
