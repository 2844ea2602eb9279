import type { Matched } from './match-segment.ts'
import type { Position, SearchRequest } from './request.ts'
import { NO_VALUE, type Segment } from './segment.ts'
import { type SegmentOrder, TopDocuments } from './top-documents.ts'

/** What one part of the index has to say to a request. */
export interface PartialAnswer {
  readonly hits: { readonly doc: number; readonly value: number }[]
  readonly total: number
  /** For each counted facet how often each of its values stands, by the part's own numbering. */
  readonly counts: readonly Uint32Array[]
}

interface Filter {
  readonly column: number
  readonly ids: Uint16Array
  readonly wanted: Uint8Array
}

/**
 * Narrows matches by what may be seen and what was chosen, counts them and keeps the best.
 * @param matched null when every document matches
 * @param visible flags by document
 */
export function searchSegment(
  segment: Segment, request: SearchRequest, matched: Matched | null, visible: readonly Uint8Array[], facets: readonly string[], numbers: readonly string[],
): PartialAnswer {
  const { live } = segment
  const filters = filtersOf(segment, request, facets)
  const counted = facets.map((name, column) => (request.count === undefined || request.count.includes(name) ? column : -1)).filter((column) => column >= 0)
  const counts = facets.map((_, column) => new Uint32Array((segment.facets[column]?.values.length ?? 0) + 1))
  const order = orderOf(segment, request, matched, numbers)
  const top = new TopDocuments((request.offset ?? 0) + request.limit + 1, segment.size)
  const docs = new Uint32Array(matched?.length ?? segment.size)
  let total = 0
  documents: for (let at = 0; at < docs.length; at++) {
    const doc = matched === null ? at : (matched.docs[at] ?? 0)
    if (live[doc] === 0) continue
    for (const flags of visible) if (flags[doc] === 0) continue documents
    let failed = -1
    for (const filter of filters) {
      const id = filter.ids[doc] ?? NO_VALUE
      if (id !== NO_VALUE && filter.wanted[id] === 1) continue
      if (failed >= 0) continue documents
      failed = filter.column
    }
    // Only what was chosen in this one facet stands against it: it is one of that facet's other choices.
    if (failed >= 0) count(counts[failed], segment.facets[failed]?.ids[doc])
    else docs[total++] = doc
  }
  // Facet by facet: going through one column at a time is several times as fast as through all for each document.
  const found = docs.subarray(0, total)
  for (const column of counted) countAll(counts[column], segment.facets[column]?.ids, found)
  if (request.after === undefined) top.showAll(found, order)
  else for (const doc of found) if (order.isAfter(order.valueOf(doc), order.ranks[doc] ?? 0)) top.show(doc, order.valueOf(doc), order.ranks[doc] ?? 0)
  return { hits: top.taken(), total, counts }
}

function countAll(counts: Uint32Array | undefined, ids: Uint16Array | undefined, docs: Uint32Array): void {
  if (counts === undefined || ids === undefined) return
  // The last place takes those without a value, and is not asked for.
  const none = counts.length - 1
  for (let at = 0; at < docs.length; at++) {
    const id = ids[docs[at]!]! // documents of this part
    counts[id < none ? id : none]!++ // as long as the values, and one
  }
}

function count(counts: Uint32Array | undefined, id: number | undefined): void {
  if (counts === undefined || id === undefined || id === NO_VALUE) return
  counts[id] = (counts[id] ?? 0) + 1
}

function filtersOf(segment: Segment, { selection }: SearchRequest, facets: readonly string[]): Filter[] {
  return facets.flatMap((name, column) => {
    const chosen = selection[name]
    const facet = segment.facets[column]
    if (chosen === undefined || facet === undefined) return []
    return [{ column, ids: facet.ids, wanted: Uint8Array.from(facet.values, (value) => (chosen.includes(value) ? 1 : 0)) }]
  })
}

const always = (): boolean => true

function orderOf(segment: Segment, { order, after }: SearchRequest, matched: Matched | null, numbers: readonly string[]): SegmentOrder {
  const sign = order.descending ? 1 : -1
  if (order.by === 'title' || order.by === 'key') {
    const ranks = order.by === 'title' ? segment.titleRanks() : segment.keyRanks()
    return { values: null, valueOf: (doc) => sign * (ranks[doc] ?? 0), ranks, isAfter: after === undefined ? always : afterRank(segment, order.by, order.descending, after) }
  }
  const ranks = segment.keyRanks()
  const numberColumn = typeof order.by === 'object' ? segment.numbers[numbers.indexOf(order.by.number)] : undefined
  const scores = matched?.scores
  const valueOf = numberColumn !== undefined
    ? (doc: number): number => sign * (numberColumn[doc] ?? 0)
    : (doc: number): number => (scores === undefined ? 0 : (scores[doc] ?? 0))
  const values = numberColumn === undefined ? (scores ?? null) : null
  if (after === undefined) return { values, valueOf, ranks, isAfter: always }
  const bound = numberColumn === undefined ? Number(after.value) : sign * Number(after.value)
  const passed = segment.keysUpTo(after.key)
  return { values, valueOf, ranks, isAfter: (value, rank) => value < bound || (value === bound && rank >= passed) }
}

function afterRank(segment: Segment, by: 'title' | 'key', descending: boolean, after: Position): (value: number, rank: number) => boolean {
  const passed = by === 'title' ? segment.titlesUpTo(String(after.value), after.key) : segment.keysUpTo(after.key)
  if (!descending) return (_, rank) => rank >= passed
  // Downwards one goes on before the document itself, which is the last of those up to it when it is here.
  const last = passed - 1
  return (_, rank) => rank < last || (rank === last && !standsAt(segment, by, last, after))
}

function standsAt(segment: Segment, by: 'title' | 'key', rank: number, after: Position): boolean {
  if (rank < 0) return false
  const upTo = by === 'title' ? segment.titlesUpTo(String(after.value), after.key) : segment.keysUpTo(after.key)
  const doc = (by === 'title' ? segment.titleRanks() : segment.keyRanks()).indexOf(rank)
  return upTo - 1 === rank && segment.keyAt(doc) === after.key && (by === 'key' || segment.titleAt(doc) === after.value)
}
