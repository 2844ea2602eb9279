import type { PackedStrings } from './packed-strings.ts'
import type { FacetColumn, IndexSchema, Postings, Segment } from './segment.ts'

/** Everything that a packed part is made of; all but the names are typed arrays. */
export interface PackedParts {
  readonly schema: IndexSchema
  readonly keys: PackedStrings
  readonly titles: PackedStrings
  readonly stamps: Uint32Array
  /** Documents in the order of title and key. */
  readonly byTitle: Uint32Array
  readonly terms: PackedStrings
  /** How many documents each term has, as running sums: the place of its impacts. */
  readonly postingStarts: Uint32Array
  /** Where the documents of each term begin in `deltas`. */
  readonly deltaStarts: Uint32Array
  /** Steps from document to document, 7 bits a byte, the highest bit set where more follow. */
  readonly deltas: Uint8Array
  readonly impacts: Uint8Array
  readonly spellings: PackedStrings
  /** The word of each spelling, as a term. */
  readonly spelledTerms: Uint32Array
  readonly facetValues: readonly (readonly string[])[]
  readonly facetIds: readonly Uint16Array[]
  readonly numbers: readonly Float64Array[]
}

const NOTHING: Postings = { docs: new Uint32Array(0), impacts: new Uint8Array(0), length: 0 }

/** The large part: documents in the order of their keys, written once; only forgetting changes it. */
export class PackedSegment implements Segment {
  readonly parts: PackedParts
  readonly size: number
  readonly live: Uint8Array
  deadCount = 0
  readonly facets: readonly FacetColumn[]
  readonly numbers: readonly Float64Array[]
  readonly #slots: Uint32Array[] = []
  #titleRanks: Uint32Array | undefined
  #keyRanks: Uint32Array | undefined

  constructor(parts: PackedParts) {
    this.parts = parts
    this.size = parts.keys.length
    this.live = new Uint8Array(this.size).fill(1)
    this.numbers = parts.numbers
    this.facets = parts.facetValues.map((values, at) => ({ values, ids: parts.facetIds[at] ?? new Uint16Array(0) }))
  }

  frequency(term: string): number {
    const id = this.parts.terms.find(term)
    return id < 0 ? 0 : this.frequencyOf(id)
  }

  frequencyOf(id: number): number {
    return (this.parts.postingStarts[id + 1] ?? 0) - (this.parts.postingStarts[id] ?? 0)
  }

  read(term: string, slot: number): Postings {
    const id = this.parts.terms.find(term)
    return id < 0 ? NOTHING : this.readTerm(id, slot)
  }

  readTerm(id: number, slot: number): Postings {
    const length = this.frequencyOf(id)
    let docs = this.#slots[slot]
    if (docs === undefined || docs.length < length) docs = this.#slots[slot] = new Uint32Array(Math.min(this.size, Math.max(1_024, 2 * length)))
    const { deltas } = this.parts
    let at = this.parts.deltaStarts[id] ?? 0
    let doc = -1
    // What is packed ends where it says, so nothing is looked for beyond it.
    for (let place = 0; place < length; place++) {
      const byte = deltas[at++]!
      if (byte < 0x80) doc += byte
      else {
        let step = byte & 0x7f
        for (let shift = 7; ; shift += 7) {
          const next = deltas[at++]!
          step |= (next & 0x7f) << shift
          if (next < 0x80) break
        }
        doc += step
      }
      docs[place] = doc
    }
    const start = this.parts.postingStarts[id] ?? 0
    return { docs, impacts: this.parts.impacts.subarray(start, start + length), length }
  }

  eachTerm(from: string, visit: (term: string, frequency: number) => boolean): void {
    const { terms } = this.parts
    for (let id = terms.lowerBound(from); id < terms.length; id++) if (!visit(terms.at(id), this.frequencyOf(id))) return
  }

  eachSpelling(from: string, visit: (spelling: string, word: string) => boolean): void {
    const { spellings, spelledTerms, terms } = this.parts
    for (let at = spellings.lowerBound(from); at < spellings.length; at++) if (!visit(spellings.at(at), terms.at(spelledTerms[at] ?? 0))) return
  }

  keyAt(doc: number): string {
    return this.parts.keys.at(doc)
  }

  titleAt(doc: number): string {
    return this.parts.titles.at(doc)
  }

  stampAt(doc: number): number {
    return this.parts.stamps[doc] ?? 0
  }

  find(key: string): number {
    const doc = this.parts.keys.find(key)
    return doc >= 0 && this.live[doc] === 1 ? doc : -1
  }

  forget(doc: number): void {
    if (this.live[doc] === 0) return
    this.live[doc] = 0
    this.deadCount++
  }

  titleRanks(): Uint32Array {
    if (this.#titleRanks === undefined) {
      this.#titleRanks = new Uint32Array(this.size)
      for (const [rank, doc] of this.parts.byTitle.entries()) this.#titleRanks[doc] = rank
    }
    return this.#titleRanks
  }

  keyRanks(): Uint32Array {
    return (this.#keyRanks ??= Uint32Array.from({ length: this.size }, (_, doc) => doc))
  }

  titlesUpTo(title: string, key: string): number {
    const { byTitle, titles, keys } = this.parts
    let [low, high] = [0, byTitle.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const doc = byTitle[middle] ?? 0
      if ((titles.compare(doc, title) || keys.compare(doc, key)) <= 0) low = middle + 1
      else high = middle
    }
    return low
  }

  keysUpTo(key: string): number {
    const at = this.parts.keys.lowerBound(key)
    return at < this.size && this.parts.keys.compare(at, key) === 0 ? at + 1 : at
  }
}
