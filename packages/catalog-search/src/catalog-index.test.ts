import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CatalogIndex } from './catalog-index.ts'
import type { SearchDocument } from './document.ts'
import type { Alternative, SearchRequest } from './request.ts'
import { deserialise, serialise } from './serialise.ts'
import { aDocument, anIndex, mergeWhole, ORDERS, request, TEST_SCHEMA } from './testing.ts'

const WORDS = ['停车', '人口', '执照', '普查', '水', 'gis']
const document = fc.record({
  key: fc.integer({ min: 0, max: 30 }).map((number) => `k${String(number).padStart(2, '0')}`),
  title: fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map((words) => words.join('')),
  summary: fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }).map((words) => words.join(' ')),
  theme: fc.constantFrom('health', 'market', null), state: fc.constantFrom('draft', 'published'), stars: fc.integer({ min: 0, max: 3 }),
  scopes: fc.subarray(['public', 'departments', 'own:A']),
}).map(({ key, ...rest }) => aDocument(key, rest))
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ put: document }) }, { weight: 2, arbitrary: fc.record({ remove: fc.integer({ min: 0, max: 30 }).map((n) => `k${String(n).padStart(2, '0')}`) }) },
  { weight: 1, arbitrary: fc.constant('merge' as const) }, { weight: 1, arbitrary: fc.constant('half a merge' as const) },
)
const alternative: fc.Arbitrary<Alternative> = fc.record({ terms: fc.uniqueArray(fc.constantFrom(...WORDS, '车人', '没有'), { minLength: 1, maxLength: 2 }), boost: fc.constantFrom(1, 0.5) })
const asked = fc.record({
  groups: fc.array(fc.record({ alternatives: fc.array(alternative, { minLength: 1, maxLength: 3 }) }), { maxLength: 3 }), missing: fc.integer({ min: 0, max: 2 }),
  scopes: fc.option(fc.subarray(['public', 'departments', 'own:A']), { nil: null }), order: fc.constantFrom(...ORDERS),
  selection: fc.record({ theme: fc.constant(['health']), state: fc.subarray(['draft', 'published'], { minLength: 1 }) }, { requiredKeys: [] }),
}).map(({ groups, missing, ...rest }): SearchRequest => request({ ...rest, match: { groups, required: Math.max(Math.min(1, groups.length), groups.length - missing), better: [] } }))

/** The same steps on the index and on a plain map. */
function build(steps: readonly ('merge' | 'half a merge' | { put: SearchDocument } | { remove: string })[]): { index: CatalogIndex; plain: Map<string, SearchDocument> } {
  const index = anIndex()
  const plain = new Map<string, SearchDocument>()
  let merging: Generator | undefined
  for (const one of steps) {
    if (one === 'merge' || one === 'half a merge') {
      while (merging !== undefined && merging.next().done !== true);
      merging = index.merge()
      merging.next()
      if (one === 'merge') while (merging.next().done !== true);
    } else if ('put' in one) {
      index.put(one.put)
      plain.set(one.put.key, one.put)
    } else {
      index.remove(one.remove)
      plain.delete(one.remove)
    }
  }
  while (merging !== undefined && merging.next().done !== true);
  return { index, plain }
}

/** The obvious way: look at each document. */
function obvious(documents: readonly SearchDocument[], { match, scopes, selection }: SearchRequest) {
  const satisfies = (found: SearchDocument): boolean =>
    match.groups.filter(({ alternatives }) => alternatives.some(({ terms }) => terms.every((term) => found.impacts.has(term)))).length >= match.required
  const values = (found: SearchDocument) => ({ theme: found.facets[0] ?? null, state: found.facets[1] ?? null })
  const chosen = (found: SearchDocument, except?: string): boolean =>
    Object.entries(selection).every(([name, wanted]) => name === except || wanted.includes(values(found)[name as 'theme'] ?? '')) // the two facets of the schema
  const seen = documents.filter((found) => satisfies(found) && (scopes === null || found.scopes.some((scope) => scopes.includes(scope))))
  const counts = (name: 'theme' | 'state') => {
    const of = new Map<string, number>()
    for (const found of seen) if (chosen(found, name) && values(found)[name] !== null) of.set(values(found)[name] ?? '', (of.get(values(found)[name] ?? '') ?? 0) + 1)
    return Object.fromEntries(of)
  }
  return { keys: seen.filter((found) => chosen(found)).map(({ key }) => key).sort(), theme: counts('theme'), state: counts('state') }
}

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
const asCounts = (counts: readonly { value: string; count: number }[] | undefined) => Object.fromEntries((counts ?? []).map(({ value, count }) => [value, count]))

describe('the index after any changes', () => {
  it('finds, counts and adds up as looking at each document does', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), asked, (steps, query) => {
      const { index, plain } = build(steps)
      const expected = obvious([...plain.values()], query)
      const answer = index.search({ ...query, limit: 100 })
      expect(answer.hits.map(({ key }) => key).sort()).toEqual(expected.keys)
      expect([answer.total, answer.more, index.size]).toEqual([expected.keys.length, false, plain.size])
      expect([asCounts(answer.facets['theme']), asCounts(answer.facets['state'])]).toEqual([expected.theme, expected.state])
    }), { numRuns: 400 })
  })

  it('orders alike whether packed or not, and pages to the end without repeats, by cursor and by offset', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), asked, fc.integer({ min: 1, max: 5 }), (steps, query, limit) => {
      const { index } = build(steps)
      mergeWhole(index)
      const whole = index.search({ ...query, limit: 100 }).hits.map(({ key }) => key)
      const walked: string[] = []
      for (let after = query.after, pages = 0; pages < 60; pages++) {
        const page = index.search({ ...query, limit, ...(after === undefined ? {} : { after }) })
        walked.push(...page.hits.map(({ key }) => key))
        after = page.hits.at(-1)
        expect(page.more).toBe(walked.length < whole.length)
        if (!page.more) break
      }
      expect(walked).toEqual(whole)
      expect(index.search({ ...query, limit, offset: 3 }).hits.map(({ key }) => key)).toEqual(whole.slice(3, 3 + limit))
    }), { numRuns: 300 })
  })

  it('pages over changes that are not packed yet as over packed ones', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(...ORDERS), (steps, order) => {
      const { index } = build(steps)
      const query = request({ order, scopes: null })
      const whole = index.search({ ...query, limit: 100 }).hits.map(({ key }) => key)
      const walked: string[] = []
      for (let after = query.after, more = true; more && walked.length < 100;) {
        const page = index.search({ ...query, limit: 2, ...(after === undefined ? {} : { after }) })
        walked.push(...page.hits.map(({ key }) => key))
        ;({ more } = page)
        after = page.hits.at(-1)
      }
      expect(walked).toEqual(whole)
    }), { numRuns: 200 })
  })

  it('comes back from bytes as it was, and not from foreign or shortened ones', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), asked, (steps, query) => {
      const { index } = build(steps)
      mergeWhole(index)
      const bytes = joined(serialise(index.packed!, 'words 1')) // just merged into one
      const part = deserialise(bytes, TEST_SCHEMA, 'words 1')
      const again = anIndex()
      again.adopt(part!) // its own bytes
      expect(again.search(query)).toEqual(index.search(query))
      expect(deserialise(bytes, TEST_SCHEMA, 'words 2')).toBeNull()
      expect(deserialise(bytes.subarray(0, bytes.length >> 1), TEST_SCHEMA, 'words 1')).toBeNull()
      expect(deserialise(bytes, { ...TEST_SCHEMA, numbers: [] }, 'words 1')).toBeNull()
    }), { numRuns: 60 })
  })
})

describe('ranking', () => {
  it('puts a word of the title before one of the summary, and the shorter title before the longer', () => {
    const index = anIndex(aDocument('a', { title: '人口', summary: '停车' }), aDocument('b', { title: '停车人口普查执照人口普查' }), aDocument('c', { title: '停车人口' }))
    const { hits } = index.search(request({ match: { groups: [{ alternatives: [{ terms: ['停车'], boost: 1 }] }], required: 1, better: [] }, order: { by: 'relevance', descending: true } }))
    expect(hits.map(({ key }) => key)).toEqual(['c', 'b', 'a'])
  })
})
