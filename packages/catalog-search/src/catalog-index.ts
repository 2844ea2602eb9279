import type { SearchDocument } from './document.ts'
import { matchSegment, MatchRoom, type Rarity } from './match-segment.ts'
import { compare, MemorySegment } from './memory-segment.ts'
import { mergeSegments } from './merge-segments.ts'
import type { PackedSegment } from './packed-segment.ts'
import type { FacetCount, SearchAnswer, SearchRequest } from './request.ts'
import { searchSegment } from './search-segment.ts'
import { type IndexSchema, NO_VALUE, type Segment, visibleIn } from './segment.ts'

/** So many sets of flags are kept; each takes a byte a document. */
const FLAGS_KEPT = 24

/** What is known of a document without reading it. */
export interface DocumentView {
  readonly key: string
  number(name: string): number
  facet(name: string): string | null
}

/**
 * The index: one packed part for nearly everything, small ones for what changed since. Searching never waits for changes;
 * `merge` packs all parts into one, in portions.
 */
export class CatalogIndex {
  readonly schema: IndexSchema
  #packed: Segment[] = []
  #changes: MemorySegment
  readonly #rooms = new WeakMap<Segment, MatchRoom>()
  readonly #flags = new Map<string, { segment: Segment; flags: Uint8Array }>()
  readonly #words = new WeakMap<Segment, { readonly size: number; readonly words: string[] }>()
  readonly #partNames = new WeakMap<Segment, number>()
  #named = 0

  constructor(schema: IndexSchema) {
    this.schema = schema
    this.#changes = new MemorySegment(schema)
  }

  /** How many documents there are. */
  get size(): number {
    return this.#parts().reduce((sum, part) => sum + part.size - part.deadCount, 0)
  }

  /** Documents that wait to be packed, and forgotten ones that still take room. */
  get unpacked(): { readonly changed: number; readonly forgotten: number } {
    const changed = this.#parts().reduce((sum, part) => sum + (part instanceof MemorySegment ? part.size : 0), 0)
    return { changed, forgotten: this.#packed.reduce((sum, part) => sum + part.deadCount, 0) }
  }

  /** Takes a document; one with the same key is replaced. */
  put(document: SearchDocument): void {
    for (const part of this.#packed) this.#forgetIn(part, document.key)
    this.#changes.put(document)
  }

  remove(key: string): void {
    for (const part of this.#parts()) this.#forgetIn(part, key)
  }

  /** Takes a whole packed part at once; what is there under the same keys is replaced. */
  adopt(part: PackedSegment): void {
    if (this.size > 0) for (let doc = 0; doc < part.size; doc++) this.remove(part.keyAt(doc))
    this.#packed.push(part)
  }

  /** Visits key and stamp of every document. */
  eachStamp(visit: (key: string, stamp: number) => void): void {
    for (const part of this.#parts()) for (let doc = 0; doc < part.size; doc++) if (part.live[doc] === 1) visit(part.keyAt(doc), part.stampAt(doc))
  }

  /** Visits every document that the scopes show. */
  eachVisible(scopes: readonly string[] | null, visit: (document: DocumentView) => void): void {
    const { numbers, facets } = this.schema
    for (const part of this.#parts()) {
      const flags = this.#visible(part, scopes)
      let doc = 0
      const view: DocumentView = {
        get key() { return part.keyAt(doc) },
        number: (name) => part.numbers[numbers.indexOf(name)]?.[doc] ?? 0,
        facet: (name) => {
          const column = part.facets[facets.indexOf(name)]
          return column?.values[column.ids[doc] ?? NO_VALUE] ?? null
        },
      }
      for (; doc < part.size; doc++) if (flags[doc] === 1 && part.live[doc] === 1) visit(view)
    }
  }

  /** How many documents have the term, forgotten ones that still take room included. */
  frequency(term: string): number {
    return this.#parts().reduce((sum, part) => sum + part.frequency(term), 0)
  }

  eachTerm(from: string, visit: (term: string, frequency: number) => boolean): void {
    for (const part of this.#parts()) part.eachTerm(from, visit)
  }

  eachSpelling(from: string, visit: (spelling: string, word: string) => boolean): void {
    for (const part of this.#parts()) part.eachSpelling(from, visit)
  }

  /** Words of titles and keywords, each once for every part that has it. */
  vocabulary(): string[] {
    return this.#parts().flatMap((part) => {
      const known = this.#words.get(part)
      if (known?.size === part.size) return known.words
      const words = new Set<string>()
      part.eachSpelling('', (_, word) => words.add(word).size > 0)
      const kept = { size: part.size, words: [...words] }
      this.#words.set(part, kept)
      return kept.words
    })
  }

  /** Values of a facet that documents have, or had until they were packed away. */
  facetValues(name: string): string[] {
    const column = this.schema.facets.indexOf(name)
    return [...new Set(this.#parts().flatMap((part) => part.facets[column]?.values ?? []))]
  }

  search(request: SearchRequest): SearchAnswer {
    const { facets, numbers } = this.schema
    const rarity = this.#rarity()
    const counts = new Map<string, Map<string, number>>()
    const found: { key: string; title: string; value: number; shown: number | string }[] = []
    const { by, descending } = request.order
    let total = 0
    for (const part of this.#parts()) {
      const matched = request.match.groups.length === 0 ? null : matchSegment(part, request.match, rarity, this.#room(part))
      const visible = request.scopes === null ? [] : [this.#visible(part, request.scopes)]
      if (request.within !== undefined && request.within.join(' ') !== request.scopes?.join(' ')) visible.push(this.#visible(part, request.within))
      const answer = searchSegment(part, request, matched, visible, facets, numbers)
      total += answer.total
      for (const { doc, value } of answer.hits) {
        const [key, title] = [part.keyAt(doc), by === 'title' ? part.titleAt(doc) : '']
        found.push({ key, title, value, shown: by === 'title' ? title : by === 'key' ? key : typeof by === 'object' && !descending ? -value : value })
      }
      for (const [column, name] of facets.entries()) addCounts(counts, name, part.facets[column]?.values ?? [], answer.counts[column] ?? new Uint32Array(0))
    }
    const direction = descending ? -1 : 1
    const first = by === 'title' ? (a: { title: string }, b: { title: string }) => direction * compare(a.title, b.title) : by === 'key' ? () => 0 : (a: { value: number }, b: { value: number }) => b.value - a.value
    const tie = by === 'title' || by === 'key' ? direction : 1
    found.sort((a, b) => first(a, b) || tie * compare(a.key, b.key))
    const offset = request.offset ?? 0
    const page = found.slice(offset, offset + request.limit)
    return {
      hits: page.map(({ key, shown }) => ({ key, value: shown })),
      more: found.length > offset + request.limit,
      total,
      facets: Object.fromEntries((request.count ?? facets).map((name) => [name, sortedCounts(counts.get(name))])),
    }
  }

  /** Packs all parts into one. To be driven to the end, with pauses as the caller likes; changes may come meanwhile. */
  * merge(): Generator<void, void> {
    const parts = this.#parts()
    this.#packed = parts
    this.#changes = new MemorySegment(this.schema)
    const { merged, renumbered } = yield* mergeSegments(parts, this.schema)
    // What was forgotten in the meantime was still alive when it was copied.
    for (const [number, part] of parts.entries()) {
      for (const [doc, anew] of (renumbered[number] ?? []).entries()) if (part.live[doc] === 0 && anew < merged.size) merged.forget(anew)
    }
    this.#packed = [merged, ...this.#packed.filter((part) => !parts.includes(part))]
  }

  /** The packed part, when there is just one: what a later start can begin with. */
  get packed(): PackedSegment | undefined {
    const [only, ...others] = this.#packed
    return others.length === 0 && only !== undefined && !(only instanceof MemorySegment) ? (only as PackedSegment) : undefined // of two kinds, not the other
  }

  #parts(): Segment[] {
    return this.#changes.size > 0 ? [...this.#packed, this.#changes] : [...this.#packed]
  }

  #forgetIn(part: Segment, key: string): void {
    const doc = part.find(key)
    if (doc >= 0) part.forget(doc)
  }

  #rarity(): Rarity {
    const size = this.size
    const known = new Map<string, number>()
    return (term) => {
      let rarity = known.get(term)
      if (rarity === undefined) {
        const frequency = Math.min(size, this.frequency(term))
        known.set(term, (rarity = Math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))))
      }
      return rarity
    }
  }

  #room(part: Segment): MatchRoom {
    const known = this.#rooms.get(part)
    if (known !== undefined && known.scores.length >= part.size) return known
    const room = new MatchRoom(part instanceof MemorySegment ? 2 * part.size + 64 : part.size)
    this.#rooms.set(part, room)
    return room
  }

  #visible(part: Segment, scopes: readonly string[] | null): Uint8Array {
    // What changes is small, and looked at anew each time.
    if (scopes === null || part === this.#changes) return visibleIn(part, scopes)
    const name = `${this.#nameOf(part)} ${scopes.join(' ')}`
    const kept = this.#flags.get(name)
    const flags = kept?.flags ?? visibleIn(part, scopes)
    this.#flags.delete(name)
    this.#flags.set(name, { segment: part, flags })
    if (this.#flags.size > FLAGS_KEPT) {
      const gone = [...this.#flags].find(([, { segment }]) => !this.#packed.includes(segment)) ?? [...this.#flags][0]
      if (gone !== undefined) this.#flags.delete(gone[0])
    }
    return flags
  }

  #nameOf(part: Segment): number {
    let name = this.#partNames.get(part)
    if (name === undefined) this.#partNames.set(part, (name = ++this.#named))
    return name
  }
}

function addCounts(all: Map<string, Map<string, number>>, facet: string, values: readonly string[], counts: Uint32Array): void {
  let sums = all.get(facet)
  if (sums === undefined) all.set(facet, (sums = new Map()))
  for (const [id, value] of values.entries()) {
    const more = counts[id] ?? 0
    if (more > 0) sums.set(value, (sums.get(value) ?? 0) + more)
  }
}

const sortedCounts = (counts: ReadonlyMap<string, number> | undefined): FacetCount[] =>
  [...(counts ?? [])].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || compare(a.value, b.value))
