/** What documents of one part are ordered by. */
export interface SegmentOrder {
  /** What documents are ordered by, where it is a column as it stands. */
  readonly values: Float32Array | null
  /** The greater comes first. */
  readonly valueOf: (doc: number) => number
  /** Of equal values the smaller comes first. */
  readonly ranks: Uint32Array
  readonly isAfter: (value: number, rank: number) => boolean
}

/** A document with what it is ordered by: the greater value first, then the smaller rank. */
interface Candidates {
  readonly values: Float64Array
  readonly ranks: Uint32Array
  readonly docs: Uint32Array
}

/** Beyond this many, keeping order while reading costs more than sorting once. */
const HEAP_MOST = 2_048

/** Keeps the best `most` of the documents that it is shown. */
export class TopDocuments {
  readonly #most: number
  #kept: Candidates
  #length = 0

  constructor(most: number, ofAtMost: number) {
    this.#most = Math.min(most, ofAtMost)
    const room = this.#most <= HEAP_MOST ? this.#most : ofAtMost
    this.#kept = { values: new Float64Array(room), ranks: new Uint32Array(room), docs: new Uint32Array(room) }
  }

  show(doc: number, value: number, rank: number): void {
    const { values, ranks } = this.#kept
    if (this.#most > HEAP_MOST) return this.#set(this.#length++, doc, value, rank)
    if (this.#length < this.#most) {
      this.#set(this.#length, doc, value, rank)
      this.#rise(this.#length++)
      return
    }
    if (this.#most === 0) return
    const worst = values[0] ?? 0
    // The first is the worst of those kept.
    if (value < worst || (value === worst && rank > (ranks[0] ?? 0))) return
    this.#set(0, doc, value, rank)
    this.#sink()
  }

  /** Shows documents one after the other; most are turned away by their value alone. */
  showAll(docs: Uint32Array, { values, valueOf, ranks }: SegmentOrder): void {
    if (values === null || this.#most > HEAP_MOST || this.#most === 0) {
      for (const doc of docs) this.show(doc, valueOf(doc), ranks[doc]!) // a document of this part
      return
    }
    let worst = -Infinity
    for (let at = 0; at < docs.length; at++) {
      const doc = docs[at]! // within its length
      const value = values[doc]! // a document of this part
      if (value < worst) continue
      this.show(doc, value, ranks[doc]!) // as above
      if (this.#length === this.#most) worst = this.#kept.values[0]! // as many as wanted, so not empty
    }
  }

  /** Best first. */
  taken(): { readonly doc: number; readonly value: number }[] {
    const { values, ranks, docs } = this.#kept
    const order = Uint32Array.from({ length: this.#length }, (_, at) => at)
      .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || (ranks[a] ?? 0) - (ranks[b] ?? 0))
    return Array.from(order.subarray(0, this.#most), (at) => ({ doc: docs[at] ?? 0, value: values[at] ?? 0 }))
  }

  #set(at: number, doc: number, value: number, rank: number): void {
    this.#kept.docs[at] = doc
    this.#kept.values[at] = value
    this.#kept.ranks[at] = rank
  }

  #worse(a: number, b: number): boolean {
    const { values, ranks } = this.#kept
    const difference = (values[a] ?? 0) - (values[b] ?? 0)
    return difference < 0 || (difference === 0 && (ranks[a] ?? 0) > (ranks[b] ?? 0))
  }

  #swap(a: number, b: number): void {
    for (const column of [this.#kept.values, this.#kept.ranks, this.#kept.docs]) {
      const kept = column[a] ?? 0
      column[a] = column[b] ?? 0
      column[b] = kept
    }
  }

  #rise(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1
      if (!this.#worse(at, parent)) return
      this.#swap(at, parent)
      at = parent
    }
  }

  #sink(): void {
    for (let at = 0; ;) {
      const left = 2 * at + 1
      if (left >= this.#length) return
      const child = left + 1 < this.#length && this.#worse(left + 1, left) ? left + 1 : left
      if (!this.#worse(child, at)) return
      this.#swap(at, child)
      at = child
    }
  }
}
