const SEEDS = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f] as const
const FIRST_SIZE = 1 << 10
const FULLEST = 0.6

/**
 * Numbers keys in the order in which they come, in about forty bytes a key however long it is: a key is told from others by
 * a hash of 128 bits. Not against somebody who searches for collisions; who has the rows may as well write the same key twice.
 */
export class KeyTable {
  #mask = FIRST_SIZE - 1
  #places = new Int32Array(FIRST_SIZE).fill(-1)
  #hashes = new Int32Array(FIRST_SIZE * 4)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The key's number, from 0; a new one when it was not seen before. */
  placeOf(key: string): number {
    let [a, b, c, d] = SEEDS as readonly [number, number, number, number]
    for (let i = 0; i < key.length; i++) {
      const unit = key.charCodeAt(i)
      a = Math.imul(a ^ unit, 0x9e3779b1)
      b = Math.imul(b ^ unit, 0x85ebca77)
      c = Math.imul(c ^ unit, 0xc2b2ae3d)
      d = Math.imul(d ^ unit, 0x27d4eb2f)
      a ^= b >>> 15
      b ^= c >>> 13
      c ^= d >>> 16
      d ^= a >>> 14
    }
    return this.#find(a | 0, b | 0, c | 0, mixed(d ^ a) ^ key.length)
  }

  #find(a: number, b: number, c: number, d: number): number {
    for (let slot = mixed(a ^ d) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const place = this.#places[slot]! // the mask keeps it inside
      if (place < 0) {
        if (this.#size >= FULLEST * this.#mask) return this.#grow(), this.#find(a, b, c, d)
        this.#hashes.set([a, b, c, d], this.#size * 4)
        this.#places[slot] = this.#size
        return this.#size++
      }
      const at = place * 4
      if (this.#hashes[at] === a && this.#hashes[at + 1] === b && this.#hashes[at + 2] === c && this.#hashes[at + 3] === d) return place
    }
  }

  #grow(): void {
    const slots = (this.#mask + 1) * 2
    const hashes = new Int32Array(slots * 4)
    hashes.set(this.#hashes)
    const places = new Int32Array(slots).fill(-1)
    for (let place = 0; place < this.#size; place++) {
      let slot = mixed(hashes[place * 4]! ^ hashes[place * 4 + 3]!) & (slots - 1) // places are below the size
      while (places[slot]! >= 0) slot = (slot + 1) & (slots - 1)
      places[slot] = place
    }
    this.#mask = slots - 1
    this.#places = places
    this.#hashes = hashes
  }
}

/** Spreads what differs in few bits over all (the finaliser of MurmurHash3). */
function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
