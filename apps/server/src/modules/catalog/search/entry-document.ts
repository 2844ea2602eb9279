import type { DocumentFacts, DocumentTexts } from '@datong/catalog-search'
import { displayCode, type EntryRecord } from '../entry/entry.ts'
import { scopesOf } from './scopes.ts'

/** What the index is told of an entry; plain data, so that another thread can make the document. */
export interface IndexedEntry {
  readonly texts: DocumentTexts
  readonly facts: DocumentFacts
}

/**
 * @param stamp the row's transaction: another one with every change
 * @param words of what is attached to the entry
 */
export const indexedEntryOf = (entry: EntryRecord, stamp: number, organisationName: string, words = ''): IndexedEntry => ({
  texts: {
    title: entry.title, titleEn: entry.titleEn ?? '', keywords: entry.keywords, fieldNames: entry.fields.map(({ name }) => name),
    codes: [displayCode(entry.code)], organisation: organisationName, summary: words === '' ? entry.summary : `${entry.summary}\n${words}`,
  },
  facts: {
    key: entry.code, stamp, scopes: scopesOf(entry),
    // In the order of the schema.
    facets: [
      entry.organisation, entry.theme, entry.state, entry.sharingType, entry.openingType, entry.grade, entry.classification, entry.resourceFormat,
      entry.updateCycle, entry.spatial?.division ?? null, entry.stars === null ? null : String(entry.stars),
    ],
    numbers: [entry.changedAt.getTime(), entry.rowCount ?? -1, entry.stars ?? 0, entry.publishedAt?.getTime() ?? 0, entry.dataUpdatedAt?.getTime() ?? 0],
  },
})
