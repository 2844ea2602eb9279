/** Many strings in two typed arrays: no object each, and ready the moment that their bytes are read. */
export class PackedStrings {
  readonly units: Uint16Array
  readonly offsets: Uint32Array

  /** @param offsets where each begins, and where the last ends */
  constructor(units: Uint16Array, offsets: Uint32Array) {
    this.units = units
    this.offsets = offsets
  }

  get length(): number {
    return this.offsets.length - 1
  }

  at(index: number): string {
    const units = this.units.subarray(this.offsets[index], this.offsets[index + 1])
    // Typed arrays are array-like, which is all that `apply` asks for.
    return String.fromCharCode.apply(null, units as unknown as number[])
  }

  /** As `<` compares strings: negative when the string at `index` comes before `text`. */
  compare(index: number, text: string): number {
    const from = this.offsets[index] ?? 0
    const length = (this.offsets[index + 1] ?? from) - from
    const shared = Math.min(length, text.length)
    for (let at = 0; at < shared; at++) {
      const difference = (this.units[from + at] ?? 0) - text.charCodeAt(at)
      if (difference !== 0) return difference
    }
    return length - text.length
  }

  /** Where `text` is or would stand among sorted strings. */
  lowerBound(text: string): number {
    let [low, high] = [0, this.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.compare(middle, text) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The place of `text` among sorted strings, -1 when it is not there. */
  find(text: string): number {
    const at = this.lowerBound(text)
    return at < this.length && this.compare(at, text) === 0 ? at : -1
  }
}

/** Collects strings for `PackedStrings`. */
export class StringPacker {
  #units = new Uint16Array(1_024)
  #used = 0
  readonly #offsets = new GrowingNumbers()

  constructor() {
    this.#offsets.push(0)
  }

  push(text: string): void {
    if (this.#used + text.length > this.#units.length) this.#units = widened(this.#units, this.#used + text.length)
    for (let at = 0; at < text.length; at++) this.#units[this.#used++] = text.charCodeAt(at)
    this.#offsets.push(this.#used)
  }

  pack(): PackedStrings {
    return new PackedStrings(this.#units.slice(0, this.#used), this.#offsets.taken())
  }
}

/** A list of whole numbers below 2³² that grows. */
export class GrowingNumbers {
  #values = new Uint32Array(256)
  length = 0

  push(value: number): void {
    if (this.length === this.#values.length) this.#values = widened(this.#values, this.length + 1)
    this.#values[this.length++] = value
  }

  at(index: number): number {
    return this.#values[index] ?? 0
  }

  taken(): Uint32Array {
    return this.#values.slice(0, this.length)
  }
}

/** A copy with room for at least `least`, twice as long as before. */
export function widened<A extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(values: A, least: number): A {
  // The constructor of a typed array makes an array of its own kind.
  const Kind = values.constructor as new (length: number) => A
  const wider = new Kind(Math.max(least, values.length * 2))
  wider.set(values as never)
  return wider
}
