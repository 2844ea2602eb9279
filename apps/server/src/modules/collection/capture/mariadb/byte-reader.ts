/** Reads numbers and texts from bytes, one after the other; numbers are little-endian. */
export class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  skip(count: number): void {
    this.#at += count
  }

  /** @throws RangeError beyond the end */
  bytes(count: number): Buffer {
    if (count > this.left) throw new RangeError('a binary log event ends too early')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  /** Up to 8 bytes; above 2^53 it is not exact. */
  uint(count: number): number {
    const bytes = this.bytes(count)
    return count <= 6 ? bytes.readUIntLE(0, count) : Number(bytes.readBigUInt64LE(0))
  }

  /** Up to 6 bytes, the highest first. */
  uintBE(count: number): number {
    return count === 0 ? 0 : this.bytes(count).readUIntBE(0, count)
  }

  text(count: number): string {
    return this.bytes(count).toString('utf8')
  }

  lengthEncoded(): number {
    const first = this.uint(1)
    return first < 251 ? first : this.uint(first === 252 ? 2 : first === 253 ? 3 : 8)
  }
}
