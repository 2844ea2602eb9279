import { compare, MemorySegment } from './memory-segment.ts'
import { GrowingNumbers, StringPacker, widened } from './packed-strings.ts'
import { PackedSegment } from './packed-segment.ts'
import { type IndexSchema, NO_VALUE, type Segment } from './segment.ts'

const GONE = 0xffffffff
/** Steps of work between two pauses; some hundred microseconds. */
const PORTION = 20_000

/** The new number of each document of each part; `GONE` for those that were forgotten. */
export type Renumbering = readonly Uint32Array[]

/**
 * Packs the live documents of some parts into one, in the order of their keys. No key may live in two of them.
 * Pauses by `yield` every some hundred microseconds, so that whoever drives it can let other work pass.
 */
export function* mergeSegments(parts: readonly Segment[], schema: IndexSchema): Generator<void, { readonly merged: PackedSegment; readonly renumbered: Renumbering }> {
  const { order, renumbered } = yield* numberAnew(parts)
  const columns = yield* copyColumns(parts, order, schema)
  const byTitle = yield* orderTitles(parts, order.length, renumbered)
  const postings = yield* mergePostings(parts, renumbered, order.length)
  const spellings = yield* mergeSpellings(parts, postings.terms)
  return { merged: new PackedSegment({ schema, ...columns, byTitle, ...postings, ...spellings }), renumbered }
}

/** Document numbers of several parts in one list: which part, which number. */
interface Places {
  readonly part: Uint8Array
  readonly doc: Uint32Array
  readonly length: number
}

function* numberAnew(parts: readonly Segment[]): Generator<void, { order: Places; renumbered: Renumbering }> {
  const renumbered = parts.map((part) => new Uint32Array(part.size).fill(GONE))
  const order = yield* mergeOrders(parts, parts.map((part) => orderOf(part.keyRanks())), (part, doc) => part.keyAt(doc), (number, doc) => parts[number]?.live[doc] === 1)
  for (let at = 0; at < order.length; at++) renumbered[order.part[at] ?? 0]![order.doc[at] ?? 0] = at // a list for each part
  return { order, renumbered }
}

function orderOf(ranks: Uint32Array): Uint32Array {
  const order = new Uint32Array(ranks.length)
  for (const [doc, rank] of ranks.entries()) order[rank] = doc
  return order
}

/** Merges documents of sorted parts by a text of theirs. */
function* mergeOrders(
  parts: readonly Segment[], orders: readonly Uint32Array[], textOf: (part: Segment, doc: number) => string, takes: (number: number, doc: number) => boolean,
): Generator<void, Places> {
  const most = parts.reduce((sum, part) => sum + part.size, 0)
  const found = { part: new Uint8Array(most), doc: new Uint32Array(most) }
  const heads = parts.map((part, number) => ({ part, number, order: orders[number] ?? new Uint32Array(0), at: -1, doc: 0, text: '' }))
  const advance = (head: (typeof heads)[number]): void => {
    do head.at++
    while (head.at < head.order.length && !takes(head.number, head.order[head.at] ?? 0))
    if (head.at >= head.order.length) return
    head.doc = head.order[head.at] ?? 0
    head.text = textOf(head.part, head.doc)
  }
  for (const head of heads) advance(head)
  let length = 0
  for (;;) {
    let first: (typeof heads)[number] | undefined
    for (const head of heads) if (head.at < head.order.length && (first === undefined || head.text < first.text)) first = head
    if (first === undefined) break
    found.part[length] = first.number
    found.doc[length++] = first.doc
    advance(first)
    if (length % PORTION === 0) yield
  }
  return { ...found, length }
}

function* copyColumns(parts: readonly Segment[], order: Places, schema: IndexSchema) {
  const keys = new StringPacker()
  const titles = new StringPacker()
  const stamps = new Uint32Array(order.length)
  const numbers = schema.numbers.map(() => new Float64Array(order.length))
  const facetIds = schema.facets.map(() => new Uint16Array(order.length))
  const values = schema.facets.map((_, column) => mergeValues(parts, column))
  for (let at = 0; at < order.length; at++) {
    const number = order.part[at] ?? 0
    const part = parts[number]! // written from this very list
    const doc = order.doc[at] ?? 0
    keys.push(part.keyAt(doc))
    titles.push(part.titleAt(doc))
    stamps[at] = part.stampAt(doc)
    for (const [column, target] of numbers.entries()) target[at] = part.numbers[column]?.[doc] ?? 0
    for (const [column, target] of facetIds.entries()) {
      const id = part.facets[column]?.ids[doc] ?? NO_VALUE
      target[at] = id === NO_VALUE ? NO_VALUE : (values[column]?.places[number]?.[id] ?? NO_VALUE)
    }
    if (at % (PORTION >> 2) === 0) yield
  }
  return { keys: keys.pack(), titles: titles.pack(), stamps, numbers, facetIds, facetValues: values.map(({ all }) => all) }
}

/** All values of a facet, and for each part where its own stand among them. */
function mergeValues(parts: readonly Segment[], column: number): { all: string[]; places: Uint16Array[] } {
  const all = [...new Set(parts.flatMap((part) => part.facets[column]?.values ?? []))]
  const placeOf = new Map(all.map((value, place) => [value, place]))
  return { all, places: parts.map((part) => Uint16Array.from(part.facets[column]?.values ?? [], (value) => placeOf.get(value) ?? NO_VALUE)) }
}

function* orderTitles(parts: readonly Segment[], size: number, renumbered: Renumbering): Generator<void, Uint32Array> {
  const places = yield* mergeOrders(parts, parts.map((part) => orderOf(part.titleRanks())), (part, doc) => `${part.titleAt(doc)}\u0000${part.keyAt(doc)}`,
    // Documents that were forgotten after they were numbered keep their number.
    (number, doc) => renumbered[number]?.[doc] !== GONE)
  const byTitle = new Uint32Array(size)
  for (let at = 0; at < places.length; at++) byTitle[at] = renumbered[places.part[at] ?? 0]?.[places.doc[at] ?? 0] ?? 0
  return byTitle
}

function* mergePostings(parts: readonly Segment[], renumbered: Renumbering, size: number) {
  const sources = []
  for (const part of parts) sources.push(yield* termsOf(part))
  const terms = new StringPacker()
  const postingStarts = new GrowingNumbers()
  const deltaStarts = new GrowingNumbers()
  let deltas = new Uint8Array(65_536)
  let impacts = new Uint8Array(65_536)
  let [written, postings, worked] = [0, 0, 0]
  const gatherer = new Gatherer(size)
  for (;;) {
    let least: string | undefined
    for (const source of sources) if (source.term !== undefined && (least === undefined || source.term < least)) least = source.term
    if (least === undefined) break
    gatherer.clear()
    for (const [number, source] of sources.entries()) {
      if (source.term !== least) continue
      gatherer.add(parts[number]!, least, renumbered[number]!) // a source and a list for each part
      source.advance()
    }
    const { length } = gatherer
    worked += length + 20
    if (length > 0) {
      terms.push(least)
      postingStarts.push(postings)
      deltaStarts.push(written)
      if (postings + length > impacts.length) impacts = widened(impacts, postings + length)
      if (written + 5 * length > deltas.length) deltas = widened(deltas, written + 5 * length)
      for (let at = 0, before = -1; at < length; at++) {
        const packed = gatherer.sorted[at] ?? 0
        const doc = packed >>> 8
        impacts[postings++] = packed & 0xff
        let step = doc - before
        for (; step >= 0x80; step >>>= 7) deltas[written++] = (step & 0x7f) | 0x80
        deltas[written++] = step
        before = doc
      }
    }
    if (worked > PORTION * 2) {
      worked = 0
      yield
    }
  }
  postingStarts.push(postings)
  deltaStarts.push(written)
  return {
    terms: terms.pack(), postingStarts: postingStarts.taken(), deltaStarts: deltaStarts.taken(),
    deltas: deltas.slice(0, written), impacts: impacts.slice(0, postings),
  }
}

/** The documents of one term from all parts, renumbered and in order: number and impact in one, 24 and 8 bits. */
class Gatherer {
  sorted: Uint32Array
  length = 0
  #other: Uint32Array
  #more: Uint32Array

  constructor(size: number) {
    this.sorted = new Uint32Array(size)
    this.#other = new Uint32Array(size)
    this.#more = new Uint32Array(size)
  }

  clear(): void {
    this.length = 0
  }

  add(part: Segment, term: string, renumbered: Uint32Array): void {
    const { docs, impacts, length } = part.read(term, 3)
    const target = this.length === 0 ? this.sorted : this.#more
    let [count, before, ascending] = [0, -1, true]
    for (let at = 0; at < length; at++) {
      const doc = renumbered[docs[at] ?? 0] ?? GONE
      if (doc === GONE) continue
      if (doc < before) ascending = false
      before = doc
      target[count++] = ((doc << 8) | (impacts[at] ?? 0)) >>> 0
    }
    if (!ascending) target.subarray(0, count).sort()
    if (this.length === 0) this.length = count
    else this.#mergeMore(count)
  }

  #mergeMore(count: number): void {
    const [left, right, target] = [this.sorted, this.#more, this.#other]
    let [l, r, at] = [0, 0, 0]
    while (l < this.length || r < count) {
      const takeLeft = r >= count || (l < this.length && (left[l] ?? 0) < (right[r] ?? 0))
      target[at++] = takeLeft ? (left[l++] ?? 0) : (right[r++] ?? 0)
    }
    this.length = at
    this.sorted = target
    this.#other = left
  }
}

/** Walks the terms of a part in order. */
interface TermSource {
  term: string | undefined
  advance(): void
}

function* termsOf(part: Segment): Generator<void, TermSource> {
  const sorted = part instanceof MemorySegment ? yield* sortInPortions(part.unsortedTerms()) : undefined
  const packed = part instanceof PackedSegment ? part.parts.terms : undefined
  let at = -1
  const source: TermSource = {
    term: undefined,
    advance: () => {
      at++
      source.term = sorted !== undefined ? sorted[at] : packed !== undefined && at < packed.length ? packed.at(at) : undefined
    },
  }
  source.advance()
  return source
}

/** Sorting a hundred thousand texts at once takes a tenth of a second: by first character they are many small heaps. */
function* sortInPortions(texts: readonly string[]): Generator<void, string[]> {
  const heaps = new Map<number, string[]>()
  for (const [at, text] of texts.entries()) {
    const first = text.charCodeAt(0)
    const heap = heaps.get(first)
    if (heap === undefined) heaps.set(first, [text])
    else heap.push(text)
    if (at % PORTION === 0) yield
  }
  const sorted: string[] = []
  let worked = 0
  for (const first of [...heaps.keys()].sort((a, b) => a - b)) {
    for (const text of (heaps.get(first) ?? []).sort(compare)) sorted.push(text)
    worked += heaps.get(first)?.length ?? 0
    if (worked > PORTION >> 2) {
      worked = 0
      yield
    }
  }
  return sorted
}

function* mergeSpellings(parts: readonly Segment[], terms: { find(text: string): number }) {
  const pairs: { spelling: string; term: number }[] = []
  const seen = new Set<string>()
  for (const part of parts) {
    const found: { spelling: string; word: string }[] = []
    part.eachSpelling('', (spelling, word) => found.push({ spelling, word }) > 0)
    yield
    for (const [at, { spelling, word }] of found.entries()) {
      const both = `${spelling} ${word}`
      if (at % (PORTION >> 2) === 0) yield
      if (seen.has(both)) continue
      seen.add(both)
      const term = terms.find(word)
      if (term >= 0) pairs.push({ spelling, term })
    }
  }
  const bySpelling = new Map<string, number[]>()
  for (const { spelling, term } of pairs) {
    const known = bySpelling.get(spelling)
    if (known === undefined) bySpelling.set(spelling, [term])
    else known.push(term)
  }
  const spellings = new StringPacker()
  const spelledTerms = new GrowingNumbers()
  for (const spelling of yield* sortInPortions([...bySpelling.keys()])) {
    for (const term of bySpelling.get(spelling) ?? []) {
      spellings.push(spelling)
      spelledTerms.push(term)
    }
  }
  return { spellings: spellings.pack(), spelledTerms: spelledTerms.taken() }
}
