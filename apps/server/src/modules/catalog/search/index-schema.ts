/** Facets and sort columns of the index. Whoever changes the meaning of one raises `INDEX_EDITION`. */
export const INDEX_SCHEMA = {
  facets: ['organisation', 'theme', 'state', 'sharingType', 'openingType', 'grade', 'classification', 'resourceFormat', 'updateCycle', 'spatial', 'stars'],
  numbers: ['changedAt', 'rowCount', 'stars', 'publishedAt', 'dataUpdatedAt'],
} as const

export type SearchFacet = (typeof INDEX_SCHEMA.facets)[number]

/** Raised when documents are made otherwise: an index in a file from before is not used. */
export const INDEX_EDITION = 1
