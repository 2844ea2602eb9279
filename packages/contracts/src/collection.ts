import { Type, type Static } from 'typebox'
import { EntryCode, FieldTypeSchema, Id, Instant, IssueSchema, Nullable, OrganisationRef, Page, PageQuery, Words } from './common.ts'
import { operation } from './operation.ts'

/** `paused` by a person; `held` until a person has looked at a changed schema. */
export const LOAD_STATES = ['received', 'detecting', 'reading', 'typing', 'storing', 'profiling', 'done', 'failed', 'paused', 'held'] as const
/** Where the rows of a load come from: a file, a registered source, a form, a saved query over other entries. */
export const LOAD_KINDS = ['upload', 'source', 'form', 'view', 'recipe'] as const
/** What is done when a source's columns differ from those of the entry: wait for a person, follow, or go on in an entry of its own. */
export const DRIFT_POLICIES = ['hold', 'adapt', 'split'] as const
export type LoadState = (typeof LOAD_STATES)[number]
export type LoadKind = (typeof LOAD_KINDS)[number]
export type DriftPolicy = (typeof DRIFT_POLICIES)[number]

const CountSchema = Type.Object({ rows: Type.Integer(), hash: Nullable(Type.String(), 'sum over the rows, whatever their order; null where it cannot be computed') })

/** Rows and content hash at the source, as they came in, and in the lake. */
const ReconciliationSchema = Type.Object({
  source: Nullable(CountSchema),
  received: CountSchema,
  lake: CountSchema,
  /** `counts`: the rows agree, and a hash could not be compared. `moved`: the source counts otherwise; it may have changed since. */
  outcome: Type.Enum(['agrees', 'counts', 'moved']),
})

/** How columns differ from those of the entry's newest version. */
const DriftSchema = Type.Object({
  policy: Type.Enum(DRIFT_POLICIES),
  added: Type.Array(Type.Object({ name: Type.String(), type: FieldTypeSchema })),
  lost: Type.Array(Type.Object({ name: Type.String(), type: FieldTypeSchema })),
  retyped: Type.Array(Type.Object({ name: Type.String(), from: FieldTypeSchema, to: FieldTypeSchema })),
  /** Who or what let the load go on; null while it waits. */
  settled: Nullable(Type.Enum(['adapted', 'split', 'accepted'])),
  /** The entry that the load went on in, when it was split. */
  entryCode: Nullable(EntryCode),
})

/** Why a load read what it read, in the way it did: a code that has a text in both languages, and what fills it. */
const LoadReasonSchema = Type.Object({ code: Type.String(), params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])) })
export type LoadReason = Static<typeof LoadReasonSchema>

export const LoadSchema = Type.Object({
  id: Id,
  entryCode: EntryCode,
  entryTitle: Type.String(),
  organisation: OrganisationRef,
  fileName: Type.String(),
  bytes: Type.Integer(),
  state: Type.Enum(LOAD_STATES),
  /** 0 to 1 over the whole load. */
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  rowsRead: Type.Integer(),
  rowsStored: Type.Integer(),
  rowsRejected: Type.Integer(),
  /** What was found about the file, each with its reason. */
  detection: Nullable(Type.Object({
    format: Type.String(), encoding: Nullable(Type.String()), delimiter: Nullable(Type.String()), headerRows: Type.Integer(),
    columns: Type.Integer(), reasons: Type.Array(LoadReasonSchema),
    /** Left out of loads from before it was kept, and of those that read no file. */
    skipRows: Type.Optional(Type.Integer()), quote: Type.Optional(Nullable(Type.String())), sheet: Type.Optional(Nullable(Type.String())),
  })),
  version: Nullable(Type.Integer()),
  createdAt: Instant,
  finishedAt: Nullable(Instant),
  startedBy: Type.String(),
  error: Nullable(Type.Object({
    code: Type.String(), detail: Type.String(), params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    errors: Type.Array(IssueSchema),
  })),
  kind: Type.Enum(LOAD_KINDS),
  /** The registered source that it reads. */
  sourceId: Nullable(Id),
  /** While rows are being read. */
  rowsPerSecond: Nullable(Type.Number()),
  remainingSeconds: Nullable(Type.Number()),
  drift: Nullable(DriftSchema),
  reconciliation: Nullable(ReconciliationSchema),
})
export type Load = Static<typeof LoadSchema>

export const RejectSchema = Type.Object({
  line: Type.Integer(),
  field: Nullable(Type.String()),
  reason: Type.String({ description: 'a code with a text in both languages' }),
  detail: Type.String(),
  excerpt: Type.String(),
})

export const VersionSchema = Type.Object({
  number: Type.Integer(),
  loadId: Id,
  rowCount: Type.Integer(),
  rowsRejected: Type.Integer(),
  bytes: Type.Integer(),
  contentHash: Type.String({ description: 'SHA-256 over the manifest, hexadecimal' }),
  createdAt: Instant,
  createdBy: Type.String(),
  source: Type.String({ description: 'file name as uploaded' }),
  fields: Type.Array(Type.Object({ name: Type.String(), type: FieldTypeSchema })),
  current: Type.Boolean(),
  /** Kept no more: its figures are there, its rows are not. */
  ended: Type.Boolean(),
})
export type Version = Static<typeof VersionSchema>

const tag = 'collection'
const Readers = { provider: 'own', steward: 'all', auditor: 'all' } as const
const IdParams = Type.Object({ id: Id })

export const collectionOperations = {
  upload: operation({
    id: 'upload', method: 'POST', path: '/api/v1/collection/uploads', tag, access: { provider: 'own' }, status: 202,
    consumes: 'multipart/form-data',
    summary: 'Upload a file; parts `organisation?`, `title?`, `entryCode?` (a new version of that entry) come before `file`',
    response: Type.Object({ loadId: Id, entryCode: EntryCode }),
  }),
  listLoads: operation({
    id: 'listLoads', method: 'GET', path: '/api/v1/collection/loads', tag, access: Readers, summary: 'Loads, newest first',
    query: Type.Object({ ...PageQuery, state: Type.Optional(Type.Enum(LOAD_STATES)), entryCode: Type.Optional(EntryCode), sourceId: Type.Optional(Id), q: Type.Optional(Words(100)) }),
    response: Page(LoadSchema),
  }),
  getLoad: operation({
    id: 'getLoad', method: 'GET', path: '/api/v1/collection/loads/{id}', tag, access: Readers, summary: 'One load',
    params: IdParams, response: LoadSchema,
  }),
  loadEvents: operation({
    id: 'loadEvents', method: 'GET', path: '/api/v1/collection/loads/{id}/events', tag, access: Readers,
    summary: 'The load as server-sent events until it ends', params: IdParams, response: LoadSchema, produces: ['text/event-stream'],
  }),
  listRejects: operation({
    id: 'listRejects', method: 'GET', path: '/api/v1/collection/loads/{id}/rejects', tag, access: { provider: 'own' },
    summary: 'Rejected rows with line and reason; `Accept: text/csv` downloads them',
    params: IdParams, query: Type.Object(PageQuery), response: Page(RejectSchema), produces: ['application/json', 'text/csv'],
  }),
  retryLoad: operation({
    id: 'retryLoad', method: 'POST', path: '/api/v1/collection/loads/{id}/actions/retry', tag, access: { provider: 'own' }, status: 202,
    summary: 'Start a failed load again from the stored file', params: IdParams, response: LoadSchema,
  }),
  listVersions: operation({
    id: 'listVersions', method: 'GET', path: '/api/v1/collection/entries/{code}/versions', tag, access: 'anyone',
    summary: 'Immutable data versions of an entry that the caller may see', params: Type.Object({ code: EntryCode }),
    response: Type.Object({ items: Type.Array(VersionSchema) }),
  }),
  useVersion: operation({
    id: 'useVersion', method: 'POST', path: '/api/v1/collection/entries/{code}/versions/{number}/actions/use', tag,
    access: { provider: 'own' }, summary: 'Make an older or newer version the current one (rollback)',
    params: Type.Object({ code: EntryCode, number: Type.Integer({ minimum: 1 }) }), body: Type.Object({ reason: Words(500) }),
    response: VersionSchema,
  }),
} as const
