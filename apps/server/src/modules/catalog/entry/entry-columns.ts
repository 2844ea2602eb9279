import type { Selectable, Updateable } from 'kysely'
import type { EntryTable } from '../tables.ts'
import type { EntryRecord } from './entry.ts'

/** Columns whose name is not the key's own. */
const COLUMNS = {
  titleEn: 'title_en', resourceFormat: 'resource_format', sharingType: 'sharing_type', sharingCondition: 'sharing_condition', sharingWays: 'sharing_ways',
  legalBasis: 'legal_basis', openingType: 'opening_type', openingCondition: 'opening_condition', updateCycle: 'update_cycle', contactPhone: 'contact_phone',
  contactEmail: 'contact_email', visibleTo: 'visible_to', rowCount: 'row_count', createdAt: 'created_at', changedAt: 'changed_at', publishedAt: 'published_at',
  reviewDueAt: 'review_due_at', dataUpdatedAt: 'data_updated_at', nextUpdateDueAt: 'next_update_due_at',
} as const satisfies Partial<Record<keyof EntryRecord, keyof EntryTable>>

const JSON_KEYS: ReadonlySet<string> = new Set(['fields', 'spatial', 'temporal', 'relations', 'links', 'origin', 'faults', 'withdrawal'] satisfies (keyof EntryRecord)[])

/** The columns of a change: only what it names is written. */
export function columnsOf(change: Partial<EntryRecord>): Updateable<EntryTable> {
  const columns = Object.entries(change).flatMap(([key, value]): [string, unknown][] => {
    if (value === undefined || key === 'classification') return [] // the database makes it from the code
    const column = key in COLUMNS ? COLUMNS[key as keyof typeof COLUMNS] : key // narrowed by the line itself
    return [[column, JSON_KEYS.has(key) && value !== null ? JSON.stringify(value) : value]]
  })
  return Object.fromEntries(columns) as Updateable<EntryTable> // keys of the record, each with its column's name
}

/** What a record is read from: all but the text of the search, the longest of them. */
export const RECORD_COLUMNS = [
  'code', 'organisation', 'title', 'title_en', 'summary', 'theme', 'classification', 'resource_format', 'keywords', 'state', 'sharing_type', 'sharing_condition', 'sharing_ways', 'legal_basis',
  'opening_type', 'opening_condition', 'update_cycle', 'licence', 'contact', 'contact_phone', 'contact_email', 'spatial', 'temporal', 'relations', 'links', 'origin', 'visibility', 'visible_to',
  'grade', 'fields', 'revision', 'version', 'row_count', 'stars', 'created_at', 'changed_at', 'published_at', 'review_due_at', 'data_updated_at', 'next_update_due_at', 'conformity', 'faults', 'withdrawal',
] as const satisfies readonly (keyof EntryTable)[]

export const recordOf = (row: Pick<Selectable<EntryTable>, (typeof RECORD_COLUMNS)[number]>): EntryRecord => ({
  code: row.code,
  organisation: row.organisation,
  title: row.title,
  titleEn: row.title_en,
  summary: row.summary,
  theme: row.theme,
  classification: row.classification,
  resourceFormat: row.resource_format,
  keywords: row.keywords,
  state: row.state,
  sharingType: row.sharing_type,
  sharingCondition: row.sharing_condition,
  sharingWays: row.sharing_ways,
  legalBasis: row.legal_basis,
  openingType: row.opening_type,
  openingCondition: row.opening_condition,
  updateCycle: row.update_cycle,
  licence: row.licence,
  contact: row.contact,
  contactPhone: row.contact_phone,
  contactEmail: row.contact_email,
  spatial: row.spatial,
  temporal: row.temporal,
  relations: row.relations,
  links: row.links,
  origin: row.origin,
  visibility: row.visibility,
  visibleTo: row.visible_to,
  grade: row.grade,
  fields: row.fields,
  revision: row.revision,
  version: row.version,
  rowCount: row.row_count,
  stars: row.stars,
  createdAt: row.created_at,
  changedAt: row.changed_at,
  publishedAt: row.published_at,
  reviewDueAt: row.review_due_at,
  dataUpdatedAt: row.data_updated_at,
  nextUpdateDueAt: row.next_update_due_at,
  conformity: row.conformity,
  faults: row.faults,
  withdrawal: row.withdrawal,
})
