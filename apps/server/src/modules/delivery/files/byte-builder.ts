/** A call of the system's copy costs more than a short loop. */
const SHORT = 64

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
    if (size > SHORT) from.copy(to, this.length, begin, end)
    else for (let at = begin, place = this.length; at < end; at++, place++) to[place] = from[at]! // within both
    this.length += size
  }

  /** What was put so far; the next `copy` may change it. */
  get bytes(): Buffer {
    return this.#bytes
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
