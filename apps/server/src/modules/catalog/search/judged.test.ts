import { CatalogIndex, documentOf, synonymsOf } from '@datong/catalog-search'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCursorCodec } from '../../../platform/cursor.ts'
import { anEntryRecord } from '../testing.ts'
import { INDEX_SCHEMA } from './index-schema.ts'
import { loadLanguage } from './language.ts'
import { searchEntries } from './search-entries.ts'
import { SHIPPED_SYNONYMS, SHIPPED_WORDS } from './shipped-words.ts'
import { JUDGED_ENTRIES } from './testing/judged-corpus.ts'
import { JUDGED_QUERIES } from './testing/judged-queries.ts'

/** Gain of the first ten beside the best possible order. @see Järvelin, Kekäläinen 2002 */
function ndcg(found: readonly string[], grades: Readonly<Record<string, number>>): number {
  const gain = (ordered: readonly number[]): number => ordered.slice(0, 10).reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0)
  return gain(found.map((id) => grades[id] ?? 0)) / gain(Object.values(grades).sort((a, b) => b - a))
}

/** One divided by the place of the first entry that is just what was wanted. */
const reciprocalRank = (found: readonly string[], grades: Readonly<Record<string, number>>): number => {
  const place = found.findIndex((id) => grades[id] === 3)
  return place < 0 ? 0 : 1 / (place + 1)
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe('the judged set', () => {
  const results: { q: string; found: string[]; ndcg: number; rank: number }[] = []

  beforeAll(async () => {
    const language = loadLanguage(SHIPPED_WORDS)
    const index = new CatalogIndex(INDEX_SCHEMA)
    const codeOf = (at: number): string => `301001-${String(at).padStart(6, '0')}`
    for (const [at, { title, organisation, summary, keywords, fields }] of JUDGED_ENTRIES.entries()) {
      const texts = { title, titleEn: '', keywords, fieldNames: fields, codes: [], organisation: `望海市${organisation}`, summary }
      index.put(documentOf(texts, { key: codeOf(at), stamp: 1, scopes: ['public'], facets: INDEX_SCHEMA.facets.map(() => null), numbers: INDEX_SCHEMA.numbers.map(() => 0) }, language))
    }
    for (const merging = index.merge(); merging.next().done !== true;);
    const records = new Map(JUDGED_ENTRIES.map(({ title }, at) => [codeOf(at), anEntryRecord({ code: codeOf(at), title, state: 'published', openingType: 'open' })]))
    const deps = {
      live: { current: { index, language, synonyms: synonymsOf(SHIPPED_SYNONYMS) } }, cursors: createCursorCodec(new Uint8Array(32)),
      read: async (codes: readonly string[]) => codes.flatMap((code) => records.get(code) ?? []),
    }
    for (const { q, grades } of JUDGED_QUERIES) {
      const { items } = await searchEntries(deps, { q, limit: 10 }, { kind: 'public' })
      const found = items.map(({ entry }) => JUDGED_ENTRIES[Number(entry.code.slice(7))]?.id ?? '')
      results.push({ q, found, ndcg: ndcg(found, grades), rank: reciprocalRank(found, grades) })
    }
  })

  it('has at least sixty queries over some three hundred entries, and judges only entries that there are', () => {
    expect(JUDGED_QUERIES.length).toBeGreaterThanOrEqual(60)
    expect(JUDGED_ENTRIES.length).toBeGreaterThanOrEqual(290)
    const ids = new Set(JUDGED_ENTRIES.map(({ id }) => id))
    expect(JUDGED_QUERIES.flatMap(({ grades }) => Object.keys(grades)).filter((id) => !ids.has(id))).toEqual([])
  })

  it('is answered in a good order', () => {
    const weak = results.filter((result) => result.ndcg < 0.8).map(({ q, found, ndcg: value }) => `${q} ${value.toFixed(2)}: ${found.slice(0, 5).join(' ')}`)
    const [gain, rank] = [mean(results.map((result) => result.ndcg)), mean(results.map((result) => result.rank))]
    console.log(`judged set: ${results.length} queries, nDCG@10 ${gain.toFixed(3)}, MRR ${rank.toFixed(3)}\n${weak.join('\n')}`)
    expect(gain).toBeGreaterThanOrEqual(0.9)
    expect(rank).toBeGreaterThanOrEqual(0.9)
  })
})
