/** Columns beside the terms; their order is the order of values in a document. */
export interface IndexSchema {
  readonly facets: readonly string[]
  readonly numbers: readonly string[]
}

/** Documents of one term in ascending order, with what the term says about each. Valid until the slot is read into again. */
export interface Postings {
  readonly docs: Uint32Array
  readonly impacts: Uint8Array
  readonly length: number
}

/** The value of a facet in each document, as a place in `values`; `NO_VALUE` where there is none. */
export interface FacetColumn {
  readonly values: readonly string[]
  readonly ids: Uint16Array
}

export const NO_VALUE = 0xffff

/** Scopes stand among the terms, behind a sign that no text has. */
export const SCOPE = '\u0001'

/**
 * A part of the index: documents numbered from 0, and everything about them. There are two kinds, a large packed one that
 * only forgets and a small one that takes changes.
 */
export interface Segment {
  /** How many numbers are given out, forgotten documents included. */
  readonly size: number
  /** 1 for each document that still counts. */
  readonly live: Uint8Array
  readonly deadCount: number
  readonly facets: readonly FacetColumn[]
  readonly numbers: readonly Float64Array[]
  frequency(term: string): number
  /** @param slot 0 to 3: answers in different slots may be held at once */
  read(term: string, slot: number): Postings
  /** Terms from `from` on in the order of their code units; the visitor ends it by false. */
  eachTerm(from: string, visit: (term: string, frequency: number) => boolean): void
  /** Words by their spelling, from that spelling on in order; the visitor ends it by false. */
  eachSpelling(from: string, visit: (spelling: string, word: string) => boolean): void
  keyAt(doc: number): string
  titleAt(doc: number): string
  stampAt(doc: number): number
  /** The live document with that key, or -1. */
  find(key: string): number
  forget(doc: number): void
  /** Rank of each document by title and then key; no two have the same. */
  titleRanks(): Uint32Array
  /** Rank of each document by key. */
  keyRanks(): Uint32Array
  /** How many documents come before that title and key, or are it. */
  titlesUpTo(title: string, key: string): number
  /** How many keys come before that key, or are it. */
  keysUpTo(key: string): number
}

/** Documents of one kind of scope, as flags. */
export function visibleIn(segment: Segment, scopes: readonly string[] | null): Uint8Array {
  const flags = new Uint8Array(segment.size)
  if (scopes === null) return flags.fill(1)
  for (const scope of scopes) {
    const { docs, length } = segment.read(SCOPE + scope, 0)
    for (let at = 0; at < length; at++) flags[docs[at] ?? 0] = 1
  }
  return flags
}
