import type { SearchDocument } from './document.ts'
import { GrowingNumbers, widened } from './packed-strings.ts'
import { type FacetColumn, type IndexSchema, NO_VALUE, type Postings, SCOPE, type Segment } from './segment.ts'

class GrowingPostings {
  docs = new Uint32Array(4)
  impacts = new Uint8Array(4)
  length = 0

  push(doc: number, impact: number): void {
    if (this.length === this.docs.length) {
      this.docs = widened(this.docs, this.length + 1)
      this.impacts = widened(this.impacts, this.length + 1)
    }
    this.docs[this.length] = doc
    this.impacts[this.length++] = impact
  }
}

const NOTHING: Postings = { docs: new Uint32Array(0), impacts: new Uint8Array(0), length: 0 }

/** The part that takes changes: a few thousand documents at most, then it is merged into the packed one. */
export class MemorySegment implements Segment {
  size = 0
  deadCount = 0
  live = new Uint8Array(64)
  readonly numbers: Float64Array[]
  readonly #postings = new Map<string, GrowingPostings>()
  readonly #spellings = new Map<string, Set<string>>()
  readonly #facets: { values: string[]; places: Map<string, number>; ids: Uint16Array }[]
  readonly #keys: string[] = []
  readonly #titles: string[] = []
  readonly #stamps = new GrowingNumbers()
  readonly #places = new Map<string, number>()
  #sortedTerms: string[] | undefined
  #sortedSpellings: string[] | undefined
  #byTitle: number[] | undefined
  #byKey: number[] | undefined

  constructor(schema: IndexSchema) {
    this.numbers = schema.numbers.map(() => new Float64Array(64))
    this.#facets = schema.facets.map(() => ({ values: [], places: new Map<string, number>(), ids: new Uint16Array(64) }))
  }

  get facets(): readonly FacetColumn[] {
    return this.#facets
  }

  /** Takes a document; one with the same key is forgotten. */
  put(document: SearchDocument): void {
    const before = this.find(document.key)
    if (before >= 0) this.forget(before)
    const doc = this.size++
    this.#makeRoom(doc)
    this.live[doc] = 1
    this.#keys.push(document.key)
    this.#titles.push(document.title)
    this.#stamps.push(document.stamp)
    this.#places.set(document.key, doc)
    for (const [at, column] of this.numbers.entries()) column[doc] = document.numbers[at] ?? 0
    for (const [at, column] of this.#facets.entries()) column.ids[doc] = placeOf(column, document.facets[at] ?? null)
    for (const [term, impact] of document.impacts) this.#postingsOf(term).push(doc, impact)
    for (const scope of document.scopes) this.#postingsOf(SCOPE + scope).push(doc, 1)
    for (const { word, spellings } of document.vocabulary) for (const spelling of spellings) this.#spell(spelling, word)
    this.#byTitle = this.#byKey = undefined
  }

  frequency(term: string): number {
    return this.#postings.get(term)?.length ?? 0
  }

  read(term: string): Postings {
    return this.#postings.get(term) ?? NOTHING
  }

  /** The terms in no order, for a merge that sorts them in small portions. */
  unsortedTerms(): string[] {
    return [...this.#postings.keys()]
  }

  eachTerm(from: string, visit: (term: string, frequency: number) => boolean): void {
    this.#sortedTerms ??= [...this.#postings.keys()].sort()
    for (let at = lowerBound(this.#sortedTerms, from); at < this.#sortedTerms.length; at++) {
      const term = this.#sortedTerms[at] ?? ''
      if (!visit(term, this.frequency(term))) return
    }
  }

  eachSpelling(from: string, visit: (spelling: string, word: string) => boolean): void {
    this.#sortedSpellings ??= [...this.#spellings.keys()].sort()
    for (let at = lowerBound(this.#sortedSpellings, from); at < this.#sortedSpellings.length; at++) {
      const spelling = this.#sortedSpellings[at] ?? ''
      for (const word of this.#spellings.get(spelling) ?? []) if (!visit(spelling, word)) return
    }
  }

  keyAt(doc: number): string {
    return this.#keys[doc] ?? ''
  }

  titleAt(doc: number): string {
    return this.#titles[doc] ?? ''
  }

  stampAt(doc: number): number {
    return this.#stamps.at(doc)
  }

  find(key: string): number {
    const doc = this.#places.get(key)
    return doc !== undefined && this.live[doc] === 1 ? doc : -1
  }

  forget(doc: number): void {
    if (this.live[doc] === 0) return
    this.live[doc] = 0
    this.deadCount++
  }

  titleRanks(): Uint32Array {
    return ranksOf(this.#orderByTitle())
  }

  keyRanks(): Uint32Array {
    return ranksOf(this.#orderByKey())
  }

  titlesUpTo(title: string, key: string): number {
    return countUpTo(this.#orderByTitle(), (doc) => compare(this.titleAt(doc), title) || compare(this.keyAt(doc), key))
  }

  keysUpTo(key: string): number {
    return countUpTo(this.#orderByKey(), (doc) => compare(this.keyAt(doc), key))
  }

  #orderByTitle(): number[] {
    return (this.#byTitle ??= Array.from({ length: this.size }, (_, doc) => doc)
      .sort((a, b) => compare(this.titleAt(a), this.titleAt(b)) || compare(this.keyAt(a), this.keyAt(b)) || a - b))
  }

  #orderByKey(): number[] {
    return (this.#byKey ??= Array.from({ length: this.size }, (_, doc) => doc).sort((a, b) => compare(this.keyAt(a), this.keyAt(b)) || a - b))
  }

  #makeRoom(doc: number): void {
    if (doc < this.live.length) return
    this.live = widened(this.live, doc + 1)
    for (const [at, column] of this.numbers.entries()) this.numbers[at] = widened(column, doc + 1)
    for (const column of this.#facets) column.ids = widened(column.ids, doc + 1)
  }

  #postingsOf(term: string): GrowingPostings {
    let postings = this.#postings.get(term)
    if (postings === undefined) {
      this.#postings.set(term, (postings = new GrowingPostings()))
      this.#sortedTerms = undefined
    }
    return postings
  }

  #spell(spelling: string, word: string): void {
    const words = this.#spellings.get(spelling)
    if (words !== undefined) return void words.add(word)
    this.#spellings.set(spelling, new Set([word]))
    this.#sortedSpellings = undefined
  }
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function placeOf(column: { values: string[]; places: Map<string, number> }, value: string | null): number {
  if (value === null) return NO_VALUE
  const known = column.places.get(value)
  if (known !== undefined) return known
  column.values.push(value)
  column.places.set(value, column.values.length - 1)
  return column.values.length - 1
}

function ranksOf(order: readonly number[]): Uint32Array {
  const ranks = new Uint32Array(order.length)
  for (const [rank, doc] of order.entries()) ranks[doc] = rank
  return ranks
}

function countUpTo(order: readonly number[], comparison: (doc: number) => number): number {
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (comparison(order[middle] ?? 0) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function lowerBound(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? '') < text) low = middle + 1
    else high = middle
  }
  return low
}
