import { Type, type Static } from 'typebox'
import {
  CalendarDate, EntryCode, FieldTypeSchema, GradeSchema, Id, Instant, Nullable, OrganisationCode, OrganisationRef, PageQuery,
  Revision, Words, ActorSchema,
} from './common.ts'
import { HighlightSchema, SEARCH_MATCHES } from './catalog-search.ts'
import { operation } from './operation.ts'

export const ENTRY_STATES = ['draft', 'submitted', 'returned', 'approved', 'published', 'withdrawn'] as const
export const ENTRY_ACTIONS = ['submit', 'approve', 'return', 'publish', 'withdraw', 'keep', 'reinstate'] as const
export const SHARING_TYPES = ['unconditional', 'conditional', 'not-shared'] as const
export const OPENING_TYPES = ['open', 'on-application', 'closed'] as const
export const UPDATE_CYCLES = ['realtime', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'irregular'] as const
/** Themes of the catalogue (主题分类). */
export const THEMES = [
  'market', 'employment', 'housing', 'health', 'education', 'transport', 'environment', 'finance', 'civil-affairs',
  'public-security', 'agriculture', 'culture', 'energy', 'law', 'science', 'other',
] as const

/** 信息资源格式, by the guideline's classes. */
export const RESOURCE_FORMATS = ['database', 'spreadsheet', 'document', 'image', 'media', 'interface', 'self-describing', 'other'] as const
/** 共享方式. */
export const SHARING_WAYS = ['interface', 'verification', 'file', 'database', 'subscription'] as const
/** How the entry stands to another one. */
export const RELATION_KINDS = ['source', 'part-of', 'replaces', 'related'] as const
/** Who sees a published entry: by its opening type; departments; its own and named ones; departments, who may not apply. */
export const VISIBILITIES = ['all', 'departments', 'named', 'metadata-only'] as const

export type EntryState = (typeof ENTRY_STATES)[number]
export type EntryAction = (typeof ENTRY_ACTIONS)[number]

export const FieldSchema = Type.Object({
  name: Type.String(),
  description: Type.String(),
  type: FieldTypeSchema,
  precision: Nullable(Type.Integer()),
  scale: Nullable(Type.Integer()),
  maxLength: Nullable(Type.Integer()),
  unit: Nullable(Type.String({ description: 'unit of measure, as people write it' })),
  /** Data element that people confirmed for the field, by its id. */
  element: Nullable(Type.String()),
  /** Code list that the values come from, by its id. */
  codeList: Nullable(Type.String()),
  elementSuggestion: Nullable(Type.Object({ element: Type.String(), confidence: Type.Number(), reasons: Type.Array(Type.String()) })),
  grade: GradeSchema,
  /** What the platform found and why, for the person who confirms: recogniser id, share valid, name hint. */
  suggestion: Nullable(Type.Object({
    recognizer: Nullable(Type.String()), grade: GradeSchema, masking: Nullable(Type.String()),
    confidence: Type.Number(), evidence: Type.Array(Type.String()),
    /** The strictest grade of what the field was made of; the field is never weaker. */
    floor: Type.Optional(GradeSchema),
  })),
  /** Masking method id for consumers; null delivers the value. */
  masking: Nullable(Type.String()),
  /** Part of the identifier by which rows are looked up. */
  identifier: Type.Boolean(),
  /** Department that answers for the field when it is not the entry's own (一数一源): it gives its opinion on applications. */
  owner: Type.Optional(Nullable(Type.String({ description: 'organisation code' }))),
})
export type Field = Static<typeof FieldSchema>

/** 类 1 项 2 目 3 digits, then 细目 by 2: the part of an entry's code before the hyphen. */
export const ClassificationCode = Type.String({ pattern: '^[1-9][0-9]{5}([0-9]{2}){0,3}$', examples: ['306007'] })
/** A class of any level, with all below it: 类 1 digit, 项 3, 目 6, 细目 8 and more. */
export const ClassBranch = Type.String({ pattern: '^[1-9](?:[0-9]{2}(?:[0-9]{3}(?:[0-9]{2}){0,3})?)?$', examples: ['3', '306'] })
/** A division of GB/T 2260: province, city, county, township or village. */
export const DivisionCode = Type.String({ pattern: '^[1-9][0-9](?:[0-9]{2}){0,2}(?:[0-9]{3}){0,2}$', maxLength: 12, examples: ['310000'] })

export const SpatialSchema = Type.Object({ division: DivisionCode, name: Words(200, 0) })
export const TemporalSchema = Type.Object({ from: Nullable(CalendarDate), to: Nullable(CalendarDate) })
export const RelationSchema = Type.Object({ kind: Type.Enum(RELATION_KINDS), code: EntryCode })
export const EntryLinkSchema = Type.Object({
  title: Words(200, 0), url: Type.String({ maxLength: 2000, pattern: '^(https?|ftp)://[^\\s\\u0000-\\u001f]+$', examples: ['https://data.example.gov.cn/file.csv'] }), format: Words(80, 0), mediaType: Words(120, 0),
})
/** Where a harvested entry comes from. */
export const OriginSchema = Type.Object({ source: Type.String(), identifier: Type.String(), url: Nullable(Type.String()) })
/** What is missing in an entry that was returned: the item of the description or the field, and what is wanted. */
export const FaultSchema = Type.Object({ item: Words(200), missing: Words(500) })
/** An announced end of a published entry; `endsOn` is its last day. */
export const WithdrawalSchema = Type.Object({ announcedAt: Instant, endsOn: CalendarDate, reason: Type.String(), replacedBy: Nullable(EntryCode) })
export type Fault = Static<typeof FaultSchema>
export type Withdrawal = Static<typeof WithdrawalSchema>
export type Spatial = Static<typeof SpatialSchema>
export type Temporal = Static<typeof TemporalSchema>
export type Relation = Static<typeof RelationSchema>
export type EntryLink = Static<typeof EntryLinkSchema>
export type Origin = Static<typeof OriginSchema>

const entrySummary = {
  code: EntryCode,
  title: Type.String(),
  titleEn: Nullable(Type.String()),
  summary: Type.String(),
  organisation: OrganisationRef,
  theme: Type.Enum(THEMES),
  classification: ClassificationCode,
  resourceFormat: Type.Enum(RESOURCE_FORMATS),
  keywords: Type.Array(Type.String()),
  visibility: Type.Enum(VISIBILITIES),
  conformity: Nullable(Type.Number({ minimum: 0, maximum: 1, description: 'share of the fields that conform to a data element' })),
  state: Type.Enum(ENTRY_STATES),
  sharingType: Nullable(Type.Enum(SHARING_TYPES)),
  openingType: Nullable(Type.Enum(OPENING_TYPES)),
  grade: GradeSchema,
  updateCycle: Type.Enum(UPDATE_CYCLES),
  rowCount: Nullable(Type.Integer()),
  fieldCount: Type.Integer(),
  stars: Nullable(Type.Integer({ minimum: 1, maximum: 5 })),
  version: Nullable(Type.Integer({ description: 'number of the current data version' })),
  dataUpdatedAt: Nullable(Instant),
  nextUpdateDueAt: Nullable(Instant, 'when the update cycle asks for the next data'),
  publishedAt: Nullable(Instant),
  changedAt: Instant,
}
export const EntrySummarySchema = Type.Object(entrySummary)
export type EntrySummary = Static<typeof EntrySummarySchema>

export const EntrySchema = Type.Object({
  ...entrySummary,
  sharingCondition: Type.String(),
  legalBasis: Type.String({ description: 'required for 不予共享' }),
  sharingWays: Type.Array(Type.Enum(SHARING_WAYS)),
  openingCondition: Type.String(),
  licence: Type.String(),
  contact: Type.String(),
  contactPhone: Type.String(),
  contactEmail: Type.String(),
  spatial: Nullable(SpatialSchema),
  temporal: Nullable(TemporalSchema),
  relations: Type.Array(RelationSchema),
  links: Type.Array(EntryLinkSchema, { description: 'distributions kept elsewhere' }),
  origin: Nullable(OriginSchema),
  visibleTo: Type.Array(Type.String({ description: 'organisation codes' })),
  fields: Type.Array(FieldSchema),
  revision: Revision,
  /** What the caller may do now; the interface shows exactly these. */
  allowedActions: Type.Array(Type.Enum(['edit', 'load', 'apply', ...ENTRY_ACTIONS])),
  dueAt: Nullable(Instant),
  faults: Type.Array(FaultSchema, { description: 'of an entry that was returned' }),
  withdrawal: Nullable(WithdrawalSchema),
})
export type Entry = Static<typeof EntrySchema>

export const TimelineItem = Type.Object({
  at: Instant,
  actor: ActorSchema,
  action: Type.String(),
  reason: Type.String(),
  receiptId: Nullable(Id),
})
export type TimelineItem = Static<typeof TimelineItem>

const FacetCounts = Type.Array(Type.Object({ value: Type.String(), label: Type.Optional(Type.String()), count: Type.Integer() }))

const tag = 'catalog'
const CodeParams = Type.Object({ code: EntryCode })

export const catalogOperations = {
  searchEntries: operation({
    id: 'searchEntries', method: 'GET', path: '/api/v1/catalog/entries', tag, access: 'anyone',
    summary: 'Search the entries that the caller may see: the public those published and not closed, officers all published and their own, the steward all',
    query: Type.Object({
      ...PageQuery,
      offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000, description: 'skips so many; to walk a whole list, follow the cursor' })),
      q: Type.Optional(Words(1000, 0)),
      organisation: Type.Optional(OrganisationCode),
      theme: Type.Optional(Type.Enum(THEMES)),
      state: Type.Optional(Type.Enum(ENTRY_STATES)),
      sharingType: Type.Optional(Type.Enum(SHARING_TYPES)),
      openingType: Type.Optional(Type.Enum(OPENING_TYPES)),
      grade: Type.Optional(GradeSchema),
      classification: Type.Optional(ClassBranch),
      resourceFormat: Type.Optional(Type.Enum(RESOURCE_FORMATS)),
      updateCycle: Type.Optional(Type.Enum(UPDATE_CYCLES)),
      spatial: Type.Optional(Type.String({ pattern: '^[0-9]{2,12}$', description: 'division code' })),
      stars: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
      exact: Type.Optional(Type.Boolean({ description: 'only entries with all the words as typed: no correction, no part of the words' })),
      audience: Type.Optional(Type.Enum(['public', 'departments'], { description: '`public`: only what the portal shows' })),
      mine: Type.Optional(Type.Boolean({ description: 'only entries of the own organisation' })),
      sort: Type.Optional(Type.Enum(['relevance', 'title', '-title', 'changedAt', '-changedAt', '-rowCount', '-stars', 'code'])),
    }),
    response: Type.Object({
      items: Type.Array(Type.Object({ ...entrySummary, highlight: Type.Optional(HighlightSchema) })),
      nextCursor: Nullable(Type.String()),
      total: Type.Integer(),
      /** Each facet is counted as if nothing were chosen in it, so that one can change over. */
      facets: Type.Object({
        organisation: FacetCounts, theme: FacetCounts, state: FacetCounts, sharingType: FacetCounts,
        openingType: FacetCounts, grade: FacetCounts, classification: FacetCounts, resourceFormat: FacetCounts,
        updateCycle: FacetCounts, spatial: FacetCounts, stars: FacetCounts,
      }),
      match: Type.Enum(SEARCH_MATCHES, { description: 'all words; `corrected`: words near to them; `some`: some of them' }),
      didYouMean: Nullable(Type.String({ description: 'what may have been meant, where little was found' })),
    }),
  }),
  getEntry: operation({
    id: 'getEntry', method: 'GET', path: '/api/v1/catalog/entries/{code}', tag, access: 'anyone',
    summary: 'One entry with its fields', params: CodeParams, response: EntrySchema,
  }),
  updateEntry: operation({
    id: 'updateEntry', method: 'PATCH', path: '/api/v1/catalog/entries/{code}', tag,
    access: { provider: 'own', steward: 'all' },
    summary: 'Confirm or change the description; grades below the suggestion need a reason',
    params: CodeParams,
    body: Type.Partial(Type.Object({
      title: Words(200), titleEn: Nullable(Words(200)), summary: Words(4000, 0), theme: Type.Enum(THEMES),
      keywords: Type.Array(Words(40), { maxItems: 30, uniqueItems: true }),
      sharingType: Type.Enum(SHARING_TYPES), sharingCondition: Words(1000, 0), legalBasis: Words(1000, 0),
      sharingWays: Type.Array(Type.Enum(SHARING_WAYS), { maxItems: 5, uniqueItems: true }),
      openingType: Type.Enum(OPENING_TYPES), openingCondition: Words(1000, 0), updateCycle: Type.Enum(UPDATE_CYCLES), resourceFormat: Type.Enum(RESOURCE_FORMATS),
      licence: Words(80), contact: Words(200, 0), contactPhone: Words(80, 0), contactEmail: Words(200, 0),
      spatial: Nullable(SpatialSchema), temporal: Nullable(TemporalSchema),
      classification: ClassificationCode,
      relations: Type.Array(RelationSchema, { maxItems: 100 }), links: Type.Array(EntryLinkSchema, { maxItems: 100 }),
      visibility: Type.Enum(VISIBILITIES), visibleTo: Type.Array(OrganisationCode, { maxItems: 200, uniqueItems: true }),
      fields: Type.Array(Type.Object({
        name: Type.String({ maxLength: 200 }),
        description: Type.Optional(Words(1000, 0)), grade: Type.Optional(GradeSchema),
        masking: Type.Optional(Nullable(Type.String({ maxLength: 64 }))), identifier: Type.Optional(Type.Boolean()),
        owner: Type.Optional(Nullable(OrganisationCode)),
        unit: Type.Optional(Nullable(Words(40))), element: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
        codeList: Type.Optional(Nullable(Type.String({ maxLength: 64 }))), maxLength: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 2_147_483_647 }))),
      }), { maxItems: 5000 }),
      reason: Words(500), revision: Revision,
    })),
    response: EntrySchema,
  }),
  actOnEntry: operation({
    id: 'actOnEntry', method: 'POST', path: '/api/v1/catalog/entries/{code}/actions/{action}', tag,
    access: { provider: 'own', steward: 'all' },
    summary: 'Life cycle: providers submit and withdraw, the steward approves, returns, publishes, withdraws and reinstates. A published entry is withdrawn with notice '
      + '(`endsOn`, its last day); `keep` takes the notice back. Only the steward may end it sooner than the notice that is set',
    params: Type.Object({ code: EntryCode, action: Type.Enum(ENTRY_ACTIONS) }),
    body: Type.Object({
      reason: Type.Optional(Words(1000, 0)), revision: Type.Optional(Revision),
      faults: Type.Optional(Type.Array(FaultSchema, { maxItems: 100, description: 'with `return`' })),
      endsOn: Type.Optional(CalendarDate), replacedBy: Type.Optional(EntryCode),
    }),
    response: EntrySchema,
  }),
  entryHistory: operation({
    id: 'entryHistory', method: 'GET', path: '/api/v1/catalog/entries/{code}/history', tag,
    access: { provider: 'own', steward: 'all', auditor: 'all' },
    summary: 'What was done to the entry, by whom, with receipts', params: CodeParams,
    response: Type.Object({ items: Type.Array(TimelineItem) }),
  }),
  catalogSummary: operation({
    id: 'catalogSummary', method: 'GET', path: '/api/v1/catalog/summary', tag, access: 'anyone',
    summary: 'Figures of what the caller may see',
    response: Type.Object({
      published: Type.Integer(), open: Type.Integer(), organisations: Type.Integer(), rows: Type.Integer(),
      newThisWeek: Type.Integer(), updatedThisWeek: Type.Integer(),
      states: Type.Record(Type.String(), Type.Integer()),
      themes: Type.Array(Type.Object({ value: Type.Enum(THEMES), count: Type.Integer() })),
      asOf: CalendarDate,
    }),
  }),
} as const
