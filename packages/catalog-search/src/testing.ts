import { CatalogIndex } from './catalog-index.ts'
import { documentOf, type SearchDocument } from './document.ts'
import type { Synonyms } from './synonyms.ts'
import type { Order, SearchRequest } from './request.ts'

export const TEST_SCHEMA = { facets: ['theme', 'state'], numbers: ['stars'] } as const

/** Pairs of characters as words: enough to test with, and no dictionary. */
const pairs = (run: string): string[] => (run.length < 2 ? [run] : run.match(/.{1,2}/gu) ?? [])

/** Spellings of the words that tests use. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  营业: ['yingye', 'yy'], 执照: ['zhizhao', 'zz'], 职照: ['zhizhao', 'zz'], 停车: ['tingche', 'tc'], 人口: ['renkou', 'rk'], 普查: ['pucha', 'pc'],
}
const spell = (word: string): readonly string[] => SPELLINGS[word] ?? []

export const TEST_TOOLS = { segment: pairs, spell, synonyms: new Map() as Synonyms }

export function aDocument(key: string, options: Partial<{ title: string; summary: string; theme: string | null; state: string; stars: number; scopes: readonly string[]; fieldNames: readonly string[] }> = {}): SearchDocument {
  return documentOf(
    { title: options.title ?? '停车', titleEn: '', keywords: [], fieldNames: options.fieldNames ?? [], codes: [key], organisation: '', summary: options.summary ?? '' },
    { key, stamp: 1, scopes: options.scopes ?? ['public'], facets: [options.theme ?? null, options.state ?? 'published'], numbers: [options.stars ?? 0] },
    TEST_TOOLS,
  )
}

export function anIndex(...documents: readonly SearchDocument[]): CatalogIndex {
  const index = new CatalogIndex(TEST_SCHEMA)
  for (const document of documents) index.put(document)
  return index
}

export const mergeWhole = (index: CatalogIndex): void => {
  for (const merging = index.merge(); merging.next().done !== true;);
}

export const request = (change: Partial<SearchRequest> = {}): SearchRequest => ({
  match: { groups: [], required: 0, better: [] }, scopes: ['public'], selection: {}, order: { by: 'key', descending: false }, limit: 20, ...change,
})

export const ORDERS: readonly Order[] = [
  { by: 'relevance', descending: true }, { by: 'title', descending: false }, { by: 'title', descending: true }, { by: 'key', descending: false },
  { by: { number: 'stars' }, descending: true }, { by: { number: 'stars' }, descending: false },
]
