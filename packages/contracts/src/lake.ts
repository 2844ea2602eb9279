import { Type, type Static } from 'typebox'
import { ActorSchema, Empty, EntryCode, FieldTypeSchema, GradeSchema, Id, Instant, Nullable, OrganisationRef, Page, PageQuery, Revision, Words } from './common.ts'
import { RowsQuery, RowsSchema } from './delivery.ts'
import { operation } from './operation.ts'

/** 贴源层, as it came; 主题层, joined and summed by views; 业务层, made for one use by views. */
export const LAKE_LAYERS = ['source', 'topic', 'service'] as const
export type LakeLayer = (typeof LAKE_LAYERS)[number]

const Number1 = Type.Integer({ minimum: 1 })
const FieldOf = Type.Object({ name: Type.String(), type: FieldTypeSchema })

export const LakeEntrySchema = Type.Object({
  code: EntryCode, title: Type.String(), organisation: OrganisationRef, layer: Type.Enum(LAKE_LAYERS), versions: Type.Integer(),
  bytes: Type.Integer({ description: 'of all versions that are kept' }),
  current: Nullable(Type.Object({ number: Type.Integer(), rowCount: Type.Integer(), since: Instant })),
  newest: Type.Object({ number: Type.Integer(), createdAt: Instant }),
})
export type LakeEntry = Static<typeof LakeEntrySchema>

export const ManifestSchema = Type.Object({
  format: Type.String(), entryCode: Type.String(), version: Type.Integer(), contentHash: Type.String({ description: 'SHA-256 over the manifest, hexadecimal' }),
  rowCount: Type.Integer(), rowsRejected: Type.Integer(), createdAt: Instant,
  fields: Type.Array(Type.Object({ name: Type.String(), type: FieldTypeSchema, precision: Type.Optional(Type.Integer()), scale: Type.Optional(Type.Integer()), nullable: Type.Boolean() })),
  files: Type.Array(Type.Object({ path: Type.String(), bytes: Type.Integer(), sha256: Type.String(), rows: Type.Integer() })),
  /** When it was let go, and why; its files are there no more. */
  ended: Nullable(Type.Object({ at: Instant, reason: Type.String() })),
})
export type VersionManifest = Static<typeof ManifestSchema>

export const ComparisonSchema = Type.Object({
  code: EntryCode, from: Type.Integer(), to: Type.Integer(),
  /** Fields by which a row is the same row; none: whole rows were compared. */
  key: Type.Array(Type.String()),
  rows: Type.Object({ before: Type.Integer(), after: Type.Integer(), added: Type.Integer(), removed: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() }),
  /** Fields in which changed rows differ, those with most first. */
  fields: Type.Array(Type.Object({ field: Type.String(), changed: Type.Integer() })),
  schema: Type.Object({
    added: Type.Array(FieldOf), removed: Type.Array(FieldOf), retyped: Type.Array(Type.Object({ name: Type.String(), before: FieldTypeSchema, after: FieldTypeSchema })),
  }),
})
export type VersionComparison = Static<typeof ComparisonSchema>

const Cells = Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]))
export const ComparedRowsSchema = Type.Object({
  fields: Type.Array(Type.String()),
  added: Type.Array(Cells), removed: Type.Array(Cells), changed: Type.Array(Type.Object({ before: Cells, after: Cells })),
})
export type ComparedRows = Static<typeof ComparedRowsSchema>

export const RetentionSchema = Type.Object({
  /** Versions of the entry that stay besides the current one; null keeps all. */
  keepVersions: Nullable(Type.Integer({ minimum: 1, maximum: 10_000 })),
  /** Days for which a version stays after it was made; null keeps all. A version goes when neither rule keeps it. */
  keepDays: Nullable(Type.Integer({ minimum: 1, maximum: 36_500 })),
  revision: Revision,
  /** What would go now, and what is kept though the rules would let it go. */
  due: Type.Array(Type.Integer()),
  held: Type.Array(Type.Object({ version: Type.Integer(), by: Type.Enum(['current', 'grant', 'under-way']) })),
})
export type Retention = Static<typeof RetentionSchema>

const ViewInputSchema = Type.Object({
  /** What the query calls it. */
  name: Type.String({ pattern: '^[\\p{L}_][\\p{L}\\p{N}_]{0,59}$' }), entryCode: EntryCode,
})
/** A query as people write it: line breaks and tabs are welcome. */
const Sql = Type.String({ minLength: 1, maxLength: 20_000, pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]*$' })
const Inputs = Type.Array(ViewInputSchema, { minItems: 1, maxItems: 10 })
export type ViewInputRef = Static<typeof ViewInputSchema>

export const ViewSchema = Type.Object({
  id: Id, entryCode: EntryCode, title: Type.String(), organisation: OrganisationRef, layer: Type.Enum(['topic', 'service']), state: Type.Enum(['active', 'retired']),
  sql: Type.String(), version: Type.Integer({ description: 'of the definition' }), revision: Revision, createdAt: Instant, changedAt: Instant,
  inputs: Type.Array(Type.Object({
    name: Type.String(), entryCode: EntryCode, title: Type.String(),
    /** The version that the newest data of the view were made of, and the one that is current now. */
    built: Nullable(Type.Integer()), current: Nullable(Type.Integer()),
  })),
  /** Its data are of other versions of its inputs, or of an older definition. */
  stale: Type.Boolean(),
  /** The strictest grade of its inputs: no field of it is weaker. */
  floor: Nullable(GradeSchema),
  /** Why it cannot be built now. */
  problem: Nullable(Type.String()),
  history: Type.Array(Type.Object({ version: Type.Integer(), at: Instant, by: ActorSchema, receiptId: Id })),
})
export type View = Static<typeof ViewSchema>

export const CheckedViewSchema = Type.Object({
  fields: Type.Array(Type.Object({
    name: Type.String(), type: FieldTypeSchema, how: Type.String(), from: Type.Array(Type.Object({ entryCode: EntryCode, field: Type.String() })),
  })),
  floor: GradeSchema,
  inputs: Type.Array(Type.Object({
    name: Type.String(), entryCode: EntryCode, version: Type.Integer(), basis: Type.Enum(['owner', 'grant', 'open']), fields: Type.Array(FieldOf),
    /** Fields that are masked for this department: a view does not see them. */
    masked: Type.Array(Type.String()),
  })),
})
export type CheckedView = Static<typeof CheckedViewSchema>

/** What stands in a graph of lineage. A node that the caller may not see says only that it is there. */
export const LineageNodeSchema = Type.Object({
  id: Type.String({ description: '`entry:<code>`, `file:<sha256>`, `source:<id>`, `form:<id>`, `hidden:<number>`' }),
  kind: Type.Enum(['entry', 'file', 'source', 'form', 'hidden']), title: Type.String(), entryCode: Nullable(EntryCode), version: Nullable(Type.Integer()),
  layer: Nullable(Type.Enum(LAKE_LAYERS)), organisation: Nullable(OrganisationRef),
  /** Steps on the left of the entry that was asked about are below zero. */
  depth: Type.Integer(),
  fields: Type.Array(Type.Object({ name: Type.String(), type: Nullable(FieldTypeSchema), grade: Nullable(GradeSchema) })),
})
export const LineageEdgeSchema = Type.Object({
  from: Type.String(), to: Type.String(), steps: Type.Array(Type.Object({ kind: Type.String(), title: Type.String(), version: Type.Integer() })),
  fields: Type.Array(Type.Object({ from: Type.String(), to: Type.String(), how: Type.String() })),
  /** Fields that decide which rows there are. */
  conditions: Type.Array(Type.Object({ field: Type.String(), how: Type.Enum(['join', 'filter', 'group', 'sort']) })),
})
export const LineageSchema = Type.Object({ root: Type.String(), nodes: Type.Array(LineageNodeSchema), edges: Type.Array(LineageEdgeSchema), complete: Type.Boolean() })
export type Lineage = Static<typeof LineageSchema>
export type LineageNode = Static<typeof LineageNodeSchema>
export type LineageEdge = Static<typeof LineageEdgeSchema>

export const LakeObjectSchema = Type.Object({
  id: Id, entryCode: EntryCode, title: Type.String(), fileName: Type.String(), kind: Type.String({ description: 'by its content: pdf, docx, png …' }), mediaType: Type.String(),
  bytes: Type.Integer(), sha256: Type.String(), grade: GradeSchema, pages: Nullable(Type.Integer()), at: Instant,
  /** Of the words that were found in it. */
  characters: Type.Integer(),
  /** Title, author, size in pixels and so on; for outsiders the size alone. */
  properties: Type.Record(Type.String(), Type.String()),
  /** Its first words. */
  excerpt: Type.String(),
})
export type LakeObject = Static<typeof LakeObjectSchema>

const tag = 'lake'
const Readers = { provider: 'own', steward: 'all', auditor: 'all' } as const
const CodeParams = Type.Object({ code: EntryCode })
const VersionParams = Type.Object({ code: EntryCode, number: Number1 })
/** Names of fields between commas. */
const FieldList = Type.String({ maxLength: 2_000 })
const Between = { from: Number1, to: Number1, key: Type.Optional(FieldList) }

/** The lake: layers, versions through time, views across resources, and where data come from. */
export const lakeOperations = {
  listLake: operation({
    id: 'listLake', method: 'GET', path: '/api/v1/collection/lake', tag, access: Readers, summary: 'Entries with data in the lake, by layer, changed last first',
    query: Type.Object({ ...PageQuery, layer: Type.Optional(Type.Enum(LAKE_LAYERS)), q: Type.Optional(Words(100)) }), response: Page(LakeEntrySchema),
  }),
  getManifest: operation({
    id: 'getManifest', method: 'GET', path: '/api/v1/collection/entries/{code}/versions/{number}/manifest', tag, access: Readers,
    summary: 'What a version consists of: schema, files and hashes', params: VersionParams, response: ManifestSchema,
  }),
  versionAt: operation({
    id: 'versionAt', method: 'GET', path: '/api/v1/collection/entries/{code}/version-at', tag, access: 'anyone', summary: 'Which version was the current one at an instant',
    params: CodeParams, query: Type.Object({ at: Instant }), response: Type.Object({ number: Type.Integer(), since: Instant, until: Nullable(Instant) }),
  }),
  compareVersions: operation({
    id: 'compareVersions', method: 'GET', path: '/api/v1/collection/entries/{code}/comparison', tag, access: Readers,
    summary: 'Rows added, removed and changed between two versions, by key, in figures; `key` names fields between commas, the identifier when left out',
    params: CodeParams, query: Type.Object(Between), response: ComparisonSchema,
  }),
  readComparison: operation({
    id: 'readComparison', method: 'GET', path: '/data/v1/{code}/comparison', tag: 'data', access: { provider: 'own' }, summary: 'First rows of each difference between two versions, for the department whose data they are',
    params: CodeParams, query: Type.Object({ ...Between, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })) }), response: ComparedRowsSchema,
  }),
  readVersionRows: operation({
    id: 'readVersionRows', method: 'GET', path: '/data/v1/{code}/versions/{number}/rows', tag: 'data', access: { provider: 'own' }, openQuery: true,
    summary: 'Rows of any version that is kept, for the department whose data they are; asked like the rows of the current one', params: VersionParams,
    query: RowsQuery, response: RowsSchema, produces: ['application/json', 'text/csv', 'application/x-ndjson'],
  }),
  getRetention: operation({
    id: 'getRetention', method: 'GET', path: '/api/v1/collection/entries/{code}/retention', tag, access: Readers, summary: 'How long versions are kept', params: CodeParams, response: RetentionSchema,
  }),
  setRetention: operation({
    id: 'setRetention', method: 'PUT', path: '/api/v1/collection/entries/{code}/retention', tag, access: { provider: 'own' }, summary: 'Say how long versions are kept', params: CodeParams,
    body: Type.Object({ keepVersions: RetentionSchema.properties.keepVersions, keepDays: RetentionSchema.properties.keepDays, reason: Words(500), revision: Revision }), response: RetentionSchema,
  }),
  getLineage: operation({
    id: 'getLineage', method: 'GET', path: '/api/v1/collection/entries/{code}/lineage', tag, access: 'anyone', summary: 'Where the data of an entry come from and what is made of them, from field to field',
    params: CodeParams, query: Type.Object({ version: Type.Optional(Number1) }), response: LineageSchema,
  }),
  exportLineage: operation({
    id: 'exportLineage', method: 'GET', path: '/api/v1/collection/entries/{code}/lineage/openlineage', tag, access: Readers,
    summary: 'Events of OpenLineage: one run for each version of the entry that is kept', params: CodeParams, response: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  }),
  uploadObject: operation({
    id: 'uploadObject', method: 'POST', path: '/api/v1/collection/objects', tag, access: { provider: 'own' }, status: 201, consumes: 'multipart/form-data',
    summary: 'Keep a document or image (PDF, office files, images, text) beside an entry; parts `entryCode`, `title?`, `grade?` come before `file`', response: LakeObjectSchema,
  }),
  listObjects: operation({
    id: 'listObjects', method: 'GET', path: '/api/v1/collection/entries/{code}/objects', tag, access: 'anyone', summary: 'Documents and images of an entry, newest first; outsiders see what is graded public',
    params: CodeParams, response: Type.Object({ items: Type.Array(LakeObjectSchema) }),
  }),
  readObject: operation({
    id: 'readObject', method: 'GET', path: '/data/v1/{code}/objects/{id}', tag: 'data', access: 'anyone', summary: 'The file itself: to its department, and what is graded public to all who see the published entry',
    params: Type.Object({ code: EntryCode, id: Id }), response: Type.Object({}), produces: ['application/octet-stream'],
  }),
  removeObject: operation({
    id: 'removeObject', method: 'POST', path: '/api/v1/collection/entries/{code}/objects/{id}/actions/remove', tag, access: { provider: 'own' }, summary: 'Let go of a document or image',
    params: Type.Object({ code: EntryCode, id: Id }), body: Type.Object({ reason: Words(500) }), response: Empty,
  }),
  listViews: operation({
    id: 'listViews', method: 'GET', path: '/api/v1/collection/views', tag, access: Readers, summary: 'Views in reach, newest first',
    query: Type.Object({ ...PageQuery, entryCode: Type.Optional(EntryCode) }), response: Page(ViewSchema),
  }),
  checkView: operation({
    id: 'checkView', method: 'POST', path: '/api/v1/collection/views/check', tag, access: { provider: 'own' }, summary: 'What a query would give: fields, their origins, and the grade that binds',
    body: Type.Object({ sql: Sql, inputs: Inputs }), response: CheckedViewSchema,
  }),
  createView: operation({
    id: 'createView', method: 'POST', path: '/api/v1/collection/views', tag, access: { provider: 'own' }, status: 201, summary: 'Make a resource from a query over resources that the department may read',
    body: Type.Object({ title: Words(200), layer: Type.Enum(['topic', 'service']), sql: Sql, inputs: Inputs }), response: ViewSchema,
  }),
  getView: operation({
    id: 'getView', method: 'GET', path: '/api/v1/collection/entries/{code}/view', tag, access: Readers, summary: 'The view that makes an entry', params: CodeParams, response: ViewSchema,
  }),
  changeView: operation({
    id: 'changeView', method: 'PUT', path: '/api/v1/collection/entries/{code}/view', tag, access: { provider: 'own' }, summary: 'Put another query in its place, and build it', params: CodeParams,
    body: Type.Object({ sql: Sql, inputs: Inputs, revision: Revision }), response: ViewSchema,
  }),
  actOnView: operation({
    id: 'actOnView', method: 'POST', path: '/api/v1/collection/entries/{code}/view/actions/{action}', tag, access: { provider: 'own' }, summary: 'Build a view now, retire it, or take it up again',
    params: Type.Object({ code: EntryCode, action: Type.Enum(['rebuild', 'retire', 'resume']) }), body: Type.Object({ reason: Type.Optional(Words(500)) }), response: ViewSchema,
  }),
} as const
