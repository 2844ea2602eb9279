import type { EntryRecord } from '../entry/entry.ts'

/** The keys that make up an entry's description: what people and the platform say about it, as it stood at a revision. */
export const DESCRIBED = [
  'code', 'organisation', 'title', 'titleEn', 'summary', 'theme', 'classification', 'resourceFormat', 'keywords', 'state', 'sharingType', 'sharingCondition', 'sharingWays',
  'legalBasis', 'openingType', 'openingCondition', 'updateCycle', 'licence', 'contact', 'contactPhone', 'contactEmail', 'spatial', 'temporal', 'relations', 'links', 'origin',
  'visibility', 'visibleTo', 'grade', 'version', 'rowCount', 'stars', 'conformity', 'fields',
] as const satisfies readonly (keyof EntryRecord)[]

export type Description = Pick<EntryRecord, (typeof DESCRIBED)[number]>

export const descriptionOf = (entry: EntryRecord): Description =>
  Object.fromEntries(DESCRIBED.map((key) => [key, entry[key]])) as unknown as Description // exactly those keys
