import { Type, type Static } from 'typebox'
import { ActorSchema, EntryCode, Id, Instant, IssueSchema, Nullable, OrganisationRef, Page, PageQuery, Words } from './common.ts'
import { catalogOperations } from './catalog.ts'
import { operation } from './operation.ts'

/** What a column of a sheet of entries says, in the order of the columns of an export. */
export const BULK_PROPERTIES = [
  'code', 'revision', 'title', 'titleEn', 'organisation', 'summary', 'theme', 'classification', 'resourceFormat', 'keywords', 'sharingType', 'sharingCondition', 'sharingWays',
  'legalBasis', 'openingType', 'openingCondition', 'updateCycle', 'licence', 'contact', 'contactPhone', 'contactEmail', 'division', 'temporalFrom', 'temporalTo', 'visibility',
  'visibleTo', 'linkUrl', 'linkFormat',
] as const
/** Those whose words come from a list; a file may use words of its own for them. */
export const BULK_WORDED = ['theme', 'resourceFormat', 'sharingType', 'sharingWays', 'openingType', 'updateCycle', 'licence', 'visibility'] as const
export const BULK_STATES = ['mapping', 'previewed', 'applying', 'applied', 'undoing', 'undone', 'dropped'] as const
/** What a row would come to. `conflict`: the entry was changed after the file was exported. */
export const BULK_OUTCOMES = ['new', 'changed', 'unchanged', 'conflict', 'rejected'] as const
/** What became of a row: `kept`: an undo could not take it back. */
export const BULK_RESULTS = ['done', 'failed', 'undone', 'kept'] as const
export const BULK_ACTIONS = ['apply', 'undo', 'drop'] as const
/** Rows, and columns, of one file; days that an import is kept. */
export const BULK_MOST_ROWS = 10_000
export const BULK_MOST_COLUMNS = 100
export const BULK_KEPT_DAYS = 90

export type BulkProperty = (typeof BULK_PROPERTIES)[number]
export type BulkWorded = (typeof BULK_WORDED)[number]
export type BulkState = (typeof BULK_STATES)[number]
export type BulkOutcome = (typeof BULK_OUTCOMES)[number]
export type BulkResult = (typeof BULK_RESULTS)[number]
export type BulkAction = (typeof BULK_ACTIONS)[number]

export const BulkMappingSchema = Type.Object({
  columns: Type.Array(Nullable(Type.Enum(BULK_PROPERTIES)), { maxItems: BULK_MOST_COLUMNS, description: 'what each column of the file says; null: nothing that is taken' }),
  fixed: Type.Array(Type.Object({ property: Type.Enum(BULK_PROPERTIES), value: Words(500) }), { maxItems: BULK_PROPERTIES.length, description: 'for rows that say nothing about the property' }),
  words: Type.Array(Type.Object({ property: Type.Enum(BULK_WORDED), from: Type.String({ maxLength: 500 }), to: Words(100) }), { maxItems: 1000, description: 'words of the file and the codes that they stand for' }),
})
export type BulkMapping = Static<typeof BulkMappingSchema>

const Counts = Type.Object({ new: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer(), conflict: Type.Integer(), rejected: Type.Integer() })

export const BulkImportSchema = Type.Object({
  id: Id, fileName: Type.String(), organisation: Nullable(OrganisationRef), state: Type.Enum(BULK_STATES), rows: Type.Integer(), items: Type.Integer({ description: 'rows of the sheet of information items' }),
  counts: Counts, results: Type.Object({ done: Type.Integer(), failed: Type.Integer(), undone: Type.Integer(), kept: Type.Integer() }),
  madeAt: Instant, madeBy: ActorSchema, appliedAt: Nullable(Instant), undoneAt: Nullable(Instant), receiptId: Nullable(Id), keptUntil: Instant,
  allowedActions: Type.Array(Type.Enum(['map', ...BULK_ACTIONS])),
})
export type BulkImport = Static<typeof BulkImportSchema>

const ValueChange = Type.Object({ key: Type.String(), before: Type.Unknown(), after: Type.Unknown() })
export const BulkRowSchema = Type.Object({
  number: Type.Integer(), line: Type.Integer({ description: 'of the file' }), outcome: Type.Enum(BULK_OUTCOMES), code: Nullable(Type.String()), title: Type.String(), entryCode: Nullable(EntryCode),
  changes: Type.Array(ValueChange), fieldChanges: Type.Array(Type.Object({ name: Type.String(), properties: Type.Array(ValueChange) })),
  problems: Type.Array(IssueSchema), result: Nullable(Type.Enum(BULK_RESULTS)), resultProblems: Type.Array(IssueSchema),
})
export type BulkRow = Static<typeof BulkRowSchema>

export const BulkSourceSchema = Type.Object({
  columns: Type.Array(Type.Object({ name: Type.String(), samples: Type.Array(Type.String()), filled: Type.Integer({ description: 'rows that have a value' }) })),
  unknown: Type.Array(Type.Object({ property: Type.Enum(BULK_WORDED), value: Type.String(), count: Type.Integer() }), { description: 'words that no code is known for' }),
})
export type BulkSource = Static<typeof BulkSourceSchema>

const tag = 'catalog'
const access = { provider: 'own', steward: 'all' } as const
const params = Type.Object({ id: Id })
const { limit: _limit, cursor: _cursor, offset: _offset, sort: _sort, audience: _audience, ...filters } = catalogOperations.searchEntries.query!.properties // the search has a query

export const bulkOperations = {
  exportEntries: operation({
    id: 'exportEntries', method: 'GET', path: '/api/v1/catalog/bulk/export', tag, access,
    summary: `Entries as a sheet, for editing and importing again: a provider's own, the steward's all; at most ${BULK_MOST_ROWS}. XLSX has a second sheet of information items and one that explains`,
    query: Type.Object({ ...filters, format: Type.Optional(Type.Enum(['xlsx', 'csv'])), lang: Type.Optional(Type.Enum(['zh-CN', 'en'])) }),
    response: Type.Object({}), produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  }),
  uploadBulkImport: operation({
    id: 'uploadBulkImport', method: 'POST', path: '/api/v1/catalog/bulk/imports', tag, access, status: 201, consumes: 'multipart/form-data',
    summary: `Read a sheet of entries (XLSX, XLS, CSV in any encoding; at most ${BULK_MOST_ROWS} rows) and propose what its columns mean; nothing changes yet`, response: BulkImportSchema,
  }),
  listBulkImports: operation({
    id: 'listBulkImports', method: 'GET', path: '/api/v1/catalog/bulk/imports', tag, access, summary: 'Imports of entries, newest first', query: Type.Object(PageQuery), response: Page(BulkImportSchema),
  }),
  getBulkImport: operation({
    id: 'getBulkImport', method: 'GET', path: '/api/v1/catalog/bulk/imports/{id}', tag, access, summary: 'One import with its columns and what they mean', params,
    response: Type.Object({ import: BulkImportSchema, source: BulkSourceSchema, mapping: BulkMappingSchema }),
  }),
  listBulkRows: operation({
    id: 'listBulkRows', method: 'GET', path: '/api/v1/catalog/bulk/imports/{id}/rows', tag, access, summary: 'Rows of an import in the order of the file, with what each would change or has changed', params,
    query: Type.Object({ ...PageQuery, outcome: Type.Optional(Type.Enum(BULK_OUTCOMES)), result: Type.Optional(Type.Enum(BULK_RESULTS)) }), response: Page(BulkRowSchema),
  }),
  previewBulkImport: operation({
    id: 'previewBulkImport', method: 'PUT', path: '/api/v1/catalog/bulk/imports/{id}/mapping', tag, access, summary: 'Say what the columns mean and see what each row would come to; no entry changes', params,
    body: BulkMappingSchema, response: BulkImportSchema,
  }),
  actOnBulkImport: operation({
    id: 'actOnBulkImport', method: 'POST', path: '/api/v1/catalog/bulk/imports/{id}/actions/{action}', tag, access, status: 202,
    summary: 'Apply what was previewed, in the background; take the applied one back; or drop one that was not applied',
    params: Type.Object({ id: Id, action: Type.Enum(BULK_ACTIONS) }), body: Type.Object({ reason: Words(500) }), response: BulkImportSchema,
  }),
} as const
