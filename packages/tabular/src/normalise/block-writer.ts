/** A growing block of bytes that is handed out and used again. */
export class BlockWriter {
  bytes: Uint8Array
  length = 0

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity)
  }

  /** Makes room for `more` bytes and answers the block to write into. */
  reserve(more: number): Uint8Array {
    if (this.length + more > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more))
      larger.set(this.bytes.subarray(0, this.length))
      this.bytes = larger
    }
    return this.bytes
  }

  /** Writes a whole number ≥ 0 in decimal digits. The caller has reserved room. */
  putNumber(value: number): void {
    const { bytes } = this
    let digits = 1
    for (let bound = 10; value >= bound; bound *= 10) digits++
    let at = this.length + digits
    let rest = value
    while (rest > 0x7fffffff) {
      bytes[--at] = 48 + (rest % 10)
      rest = Math.floor(rest / 10)
    }
    // from here on in 32-bit integers, several times faster
    let small = rest | 0
    do {
      const higher = (small / 10) | 0
      bytes[--at] = 48 + small - higher * 10
      small = higher
    } while (at > this.length)
    this.length += digits
  }
}
