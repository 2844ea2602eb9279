import type { Alternative, Match } from './request.ts'
import type { Postings, Segment } from './segment.ts'

/** Documents of one part that match, in no order, with their scores by document. Valid until the next match in that part. */
export interface Matched {
  readonly docs: Uint32Array
  readonly length: number
  readonly scores: Float32Array
}

/** How rare a term is: of 1,000,000 documents, one in two counts 0.7, one alone 13. */
export type Rarity = (term: string) => number

/** Room for the work in one part, kept from search to search. */
export class MatchRoom {
  readonly scores: Float32Array
  /** How many groups a document has satisfied. */
  readonly satisfied: Uint8Array
  /** The last group that it satisfied, from 1. */
  readonly last: Uint8Array
  /** What that group gave. */
  readonly share: Float32Array
  readonly touched: Uint32Array

  constructor(size: number) {
    this.scores = new Float32Array(size)
    this.satisfied = new Uint8Array(size)
    this.last = new Uint8Array(size)
    this.share = new Float32Array(size)
    this.touched = new Uint32Array(size)
  }
}

/**
 * Finds the documents of a part that satisfy enough groups. Within a group the best alternative counts; groups add up.
 * Live or not, visible or not: that is looked at afterwards.
 */
export function matchSegment(segment: Segment, match: Match, rarity: Rarity, room: MatchRoom): Matched {
  const { scores, satisfied, last, share, touched } = room
  const groups = [...match.groups].map((group) => ({ group, cost: group.alternatives.reduce((sum, way) => sum + costOf(segment, way), 0) }))
    // Where all groups are asked for, the rarest narrows the work of the others.
    .sort((a, b) => a.cost - b.cost)
  const missable = match.groups.length - match.required
  let count = 0
  for (const [number, { group }] of groups.entries()) {
    for (const way of group.alternatives) {
      const { docs, impacts, length } = conjunction(segment, way.terms)
      const worth = (way.boost * rarestOf(way.terms, rarity)) / 255
      if (count === 0) {
        // Nothing was found before: each of them is new.
        if (number > missable) continue
        for (; count < length; count++) {
          const doc = docs[count]! // within its length
          const score = worth * impacts[count]! // as above
          touched[count] = doc
          satisfied[doc] = 1
          last[doc] = number + 1
          share[doc] = score
          scores[doc] = score
        }
        continue
      }
      for (let at = 0; at < length; at++) {
        const doc = docs[at] ?? 0
        const score = worth * (impacts[at] ?? 0)
        if (last[doc] === number + 1) {
          const before = share[doc] ?? 0
          if (score > before) {
            scores[doc] = (scores[doc] ?? 0) + score - before
            share[doc] = score
          }
          continue
        }
        const done = satisfied[doc] ?? 0
        if (number - done > missable) continue
        if (done === 0) {
          // A document may come late when some groups may be missed.
          touched[count++] = doc
          scores[doc] = 0
        }
        satisfied[doc] = done + 1
        last[doc] = number + 1
        share[doc] = score
        scores[doc] = (scores[doc] ?? 0) + score
      }
    }
  }
  for (const way of match.better) {
    const { docs, impacts, length } = conjunction(segment, way.terms)
    const worth = (way.boost * rarestOf(way.terms, rarity)) / 255
    for (let at = 0; at < length; at++) {
      const doc = docs[at] ?? 0
      if ((satisfied[doc] ?? 0) >= match.required) scores[doc] = (scores[doc] ?? 0) + worth * (impacts[at] ?? 0)
    }
  }
  let matched = 0
  for (let at = 0; at < count; at++) {
    const doc = touched[at] ?? 0
    if ((satisfied[doc] ?? 0) >= match.required) touched[matched++] = doc
    satisfied[doc] = 0
    last[doc] = 0
  }
  return { docs: touched, length: matched, scores }
}

const rarestOf = (terms: readonly string[], rarity: Rarity): number => terms.reduce((most, term) => Math.max(most, rarity(term)), 0)

const costOf = (segment: Segment, { terms }: Alternative): number => terms.reduce((least, term) => Math.min(least, segment.frequency(term)), Infinity)

/** Documents that have all the terms, with the mean of their impacts. */
function conjunction(segment: Segment, terms: readonly string[]): Postings {
  if (terms.length <= 1) return segment.read(terms[0] ?? '', 0)
  const rarestFirst = terms.map((term) => ({ term, frequency: segment.frequency(term) })).sort((a, b) => a.frequency - b.frequency)
  let found = segment.read(rarestFirst[0]?.term ?? '', 0)
  const docs = found.docs.slice(0, found.length)
  const sums = new Uint16Array(found.impacts.subarray(0, found.length))
  let length = docs.length
  for (const { term } of rarestFirst.slice(1)) {
    if (length === 0) break
    found = segment.read(term, 1)
    length = keepShared(docs, sums, length, found)
  }
  const impacts = new Uint8Array(length)
  for (let at = 0; at < length; at++) impacts[at] = Math.round(sums[at]! / terms.length) // as many as documents
  return { docs, impacts, length }
}

function keepShared(docs: Uint32Array, impacts: Uint16Array, length: number, other: Postings): number {
  const { docs: others, impacts: gains } = other
  let kept = 0
  for (let at = 0, there = 0; at < length; at++) {
    const doc = docs[at]! // within its length, as all below
    while (there < other.length && others[there]! < doc) there++
    if (there === other.length) break
    if (others[there]! !== doc) continue
    docs[kept] = doc
    impacts[kept++] = impacts[at]! + gains[there]!
  }
  return kept
}
