import { Type, type Static } from 'typebox'
import { ActorSchema, CalendarDate, EntryCode, Id, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, Revision, Words } from './common.ts'
import { operation } from './operation.ts'

/** draft → published ⇄ revising → abolished (发布—实施—修订—废止). */
export const STANDARD_STATES = ['draft', 'published', 'revising', 'abolished'] as const
export const ELEMENT_ACTIONS = ['publish', 'drop', 'abolish'] as const
export const STANDARD_KINDS = ['element', 'code-list'] as const
export const LINE_STATES = ['new', 'changed', 'unchanged', 'removed', 'rejected'] as const
export const IMPORT_STATES = ['previewed', 'applied', 'undone'] as const
export const ELEMENT_CATEGORY_NAMES = [
  'person', 'organisation', 'place', 'licence', 'insurance', 'permit', 'credit', 'property', 'vehicle', 'tax', 'health', 'education', 'environment', 'finance', 'common',
] as const
export const CONFORMITY_ASPECTS = ['type', 'length', 'domain', 'name'] as const

const ElementId = Type.String({ pattern: '^[A-Z]{1,8}[0-9A-Z._-]{1,24}$', examples: ['DE01001'] })
const ListId = Type.String({ pattern: '^[A-Z][0-9A-Z._-]{1,40}$', examples: ['GB2260'] })
const CodeText = Type.String({ minLength: 1, maxLength: 60 })
const Share = Type.Number({ minimum: 0, maximum: 1 })

const elementContent = {
  name: Words(100), nameEn: Words(200, 0), category: Type.Enum(ELEMENT_CATEGORY_NAMES), definition: Words(1000, 0),
  notation: Type.String({ maxLength: 30, description: 'representation: C18, C..50, n..12,2, YYYYMMDD', examples: ['C18'] }),
  unit: Nullable(Words(30)), minimum: Nullable(Type.Number()), maximum: Nullable(Type.Number()),
  codeList: Nullable(ListId), recognizers: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 }),
  synonyms: Type.Array(Words(60), { maxItems: 50 }), source: Words(300, 0),
  confirmed: Type.Boolean({ description: 'false: the source is still to be confirmed' }),
}
const ElementContentSchema = Type.Object(elementContent)
export type ElementContent = Static<typeof ElementContentSchema>

export const DataElementSchema = Type.Object({
  id: ElementId, ...elementContent, state: Type.Enum(STANDARD_STATES), version: Type.Integer({ description: '0: not published yet' }),
  inForceFrom: Nullable(CalendarDate, 'null: since the installation'), abolishedFrom: Nullable(CalendarDate), replacedBy: Nullable(ElementId), revision: Revision,
  usedBy: Type.Integer({ description: 'fields of entries that are mapped to it' }),
})
export type DataElementView = Static<typeof DataElementSchema>

const VersionSchema = Type.Object({ version: Type.Integer(), label: Type.String(), inForceFrom: Nullable(CalendarDate), publishedAt: Nullable(Instant), publishedBy: Nullable(ActorSchema), reason: Type.String() })

export const CodeListSchema = Type.Object({
  id: ListId, name: Type.String(), nameEn: Type.String(), source: Type.String(), confirmed: Type.Boolean(), hierarchy: Type.Enum(['flat', 'parents', 'division']),
  state: Type.Enum(STANDARD_STATES), label: Type.String(), inForceFrom: Nullable(CalendarDate), abolishedFrom: Nullable(CalendarDate), codes: Type.Integer(),
  partial: Type.Boolean({ description: 'holds only a part of the standard' }), versions: Type.Integer(), revision: Revision,
})
export type CodeListView = Static<typeof CodeListSchema>

const CodeSchema = Type.Object({ code: Type.String(), name: Type.String(), nameEn: Nullable(Type.String()), parent: Nullable(Type.String()), below: Type.Integer({ description: 'codes directly under it' }) })
export type CodeView = Static<typeof CodeSchema>

export const ImportLineSchema = Type.Object({
  line: Type.Integer({ description: '0 for what the file no longer has' }), id: Type.String(), name: Type.String(), state: Type.Enum(LINE_STATES),
  changes: Type.Array(Type.Object({ field: Type.String(), before: Type.String(), after: Type.String() })),
  problems: Type.Array(Type.Object({ code: Type.String(), detail: Type.String() })),
})
export type ImportLine = Static<typeof ImportLineSchema>
export const StandardsImportSchema = Type.Object({
  id: Id, kind: Type.Enum(STANDARD_KINDS), list: Nullable(ListId), label: Type.String(), fileName: Type.String(), state: Type.Enum(IMPORT_STATES), inForceFrom: CalendarDate,
  counts: Type.Object({ new: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer(), removed: Type.Integer(), rejected: Type.Integer() }),
  madeAt: Instant, madeBy: ActorSchema, appliedAt: Nullable(Instant), undoneAt: Nullable(Instant), undoable: Type.Boolean(),
})
export type StandardsImport = Static<typeof StandardsImportSchema>

const CountsSchema = { fields: Type.Integer(), mapped: Type.Integer(), conforming: Type.Integer(), conformity: Nullable(Share, 'conforming ÷ fields; null of no fields') }
const MappedFieldSchema = Type.Object({
  name: Type.String(), element: Nullable(ElementId, 'confirmed by people, or certain'), confirmed: Type.Boolean(), codeList: Nullable(ListId), conforms: Nullable(Type.Boolean()),
  candidates: Type.Array(Type.Object({ element: ElementId, confidence: Share, reasons: Type.Array(Type.String({ description: 'kind|params: a sentence of the interface' })) })),
  aspects: Type.Array(Type.Object({ aspect: Type.Enum(CONFORMITY_ASPECTS), score: Nullable(Share) })), faults: Type.Array(Type.String()),
})
export type MappedField = Static<typeof MappedFieldSchema>
const EntryConformityRow = Type.Object({ entryCode: EntryCode, title: Type.String(), organisation: OrganisationRef, version: Nullable(Type.Integer()), measuredAt: Instant, ...CountsSchema })
export type EntryConformity = Static<typeof EntryConformityRow>

const tag = 'standards'
const ElementParams = Type.Object({ id: ElementId })
const ListParams = Type.Object({ id: ListId })
const ImportParams = Type.Object({ id: Id })
const Watchers = { provider: 'own', consumer: 'own', steward: 'all', security: 'all', auditor: 'all', leader: 'all' } as const

export const standardsOperations = {
  listElements: operation({
    id: 'listElements', method: 'GET', path: '/api/v1/standards/elements', tag, access: 'anyone', summary: 'Data elements by identifier; with `q` those whose names or definition fit, the best first',
    query: Type.Object({
      ...PageQuery, q: Type.Optional(Words(100, 0)), category: Type.Optional(Type.Enum(ELEMENT_CATEGORY_NAMES)), state: Type.Optional(Type.Enum(STANDARD_STATES)),
      codeList: Type.Optional(ListId), confirmed: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({
      items: Type.Array(DataElementSchema), nextCursor: Nullable(Type.String()), total: Type.Integer(),
      facets: Type.Object({ category: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })), state: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })) }),
    }),
  }),
  getElement: operation({
    id: 'getElement', method: 'GET', path: '/api/v1/standards/elements/{id}', tag, access: 'anyone', summary: 'One data element with its proposal and versions', params: ElementParams,
    response: Type.Object({ element: DataElementSchema, proposal: Nullable(ElementContentSchema), versions: Type.Array(Type.Object({ ...VersionSchema.properties, content: ElementContentSchema })), allowedActions: Type.Array(Type.Enum(['edit', ...ELEMENT_ACTIONS])) }),
  }),
  elementUses: operation({
    id: 'elementUses', method: 'GET', path: '/api/v1/standards/elements/{id}/uses', tag, access: Watchers, summary: 'Fields that are mapped to a data element, of entries that the caller may see', params: ElementParams,
    response: Type.Object({ items: Type.Array(Type.Object({ entryCode: EntryCode, title: Type.String(), organisation: OrganisationRef, field: Type.String(), confirmed: Type.Boolean(), conforms: Nullable(Type.Boolean()) })), total: Type.Integer() }),
  }),
  saveElement: operation({
    id: 'saveElement', method: 'PUT', path: '/api/v1/standards/elements/{id}', tag, access: { steward: 'all' }, summary: 'Make a draft (revision 0), or propose a new content: what is in force stays until it is published',
    params: ElementParams, body: Type.Object({ ...elementContent, revision: Revision, reason: Words(500) }), response: DataElementSchema,
  }),
  actOnElement: operation({
    id: 'actOnElement', method: 'POST', path: '/api/v1/standards/elements/{id}/actions/{action}', tag, access: { steward: 'all' }, summary: 'Publish (in force from a day), drop a draft or proposal, abolish',
    params: Type.Object({ id: ElementId, action: Type.Enum(ELEMENT_ACTIONS) }), body: Type.Object({ revision: Revision, reason: Words(500), from: Type.Optional(CalendarDate), replacedBy: Type.Optional(Nullable(ElementId)) }), response: DataElementSchema,
  }),
  listCodeLists: operation({
    id: 'listCodeLists', method: 'GET', path: '/api/v1/standards/code-lists', tag, access: 'anyone', summary: 'Code lists as they stand today', query: Type.Object({ q: Type.Optional(Words(100, 0)) }),
    response: Type.Object({ items: Type.Array(CodeListSchema) }),
  }),
  getCodeList: operation({
    id: 'getCodeList', method: 'GET', path: '/api/v1/standards/code-lists/{id}', tag, access: 'anyone', summary: 'One code list with its versions and the elements that use it', params: ListParams,
    response: Type.Object({ list: CodeListSchema, versions: Type.Array(Type.Object({ ...VersionSchema.properties, codes: Type.Integer(), partial: Type.Boolean() })), elements: Type.Array(Type.Object({ id: ElementId, name: Type.String() })) }),
  }),
  listCodes: operation({
    id: 'listCodes', method: 'GET', path: '/api/v1/standards/code-lists/{id}/codes', tag, access: 'anyone', summary: 'Codes valid on a day: those under `parent` (the top ones without), or all whose code or name has `q`',
    params: ListParams, query: Type.Object({ ...PageQuery, date: Type.Optional(CalendarDate), parent: Type.Optional(CodeText), q: Type.Optional(Words(60, 0)) }),
    response: Type.Object({ ...Page(CodeSchema).properties, label: Type.String(), from: Nullable(CalendarDate) }),
  }),
  getCode: operation({
    id: 'getCode', method: 'GET', path: '/api/v1/standards/code-lists/{id}/codes/{code}', tag, access: 'anyone', summary: 'A code on a day, when it was called what, and what became of it by `to` (today without)',
    params: Type.Object({ id: ListId, code: CodeText }), query: Type.Object({ date: Type.Optional(CalendarDate), to: Type.Optional(CalendarDate) }),
    response: Type.Object({
      code: Nullable(CodeSchema), path: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })), spans: Type.Array(Type.Object({ name: Type.String(), from: CalendarDate, until: Nullable(CalendarDate) })),
      became: Type.Object({ kind: Type.Enum(['same', 'renamed', 'recoded', 'replaced', 'gone', 'absent']), codes: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })) }),
    }),
  }),
  compareCodeList: operation({
    id: 'compareCodeList', method: 'GET', path: '/api/v1/standards/code-lists/{id}/differences', tag, access: 'anyone', summary: 'What one version brings against another, and what became of codes that are gone; at most 1,000 of each',
    params: ListParams, query: Type.Object({ from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) }),
    response: Type.Object({
      unchanged: Type.Integer(), counts: Type.Object({ added: Type.Integer(), removed: Type.Integer(), renamed: Type.Integer() }), added: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
      removed: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), fate: Type.Enum(['recoded', 'replaced', 'gone']), became: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })) })),
      renamed: Type.Array(Type.Object({ code: Type.String(), before: Type.String(), after: Type.String() })),
    }),
  }),
  abolishCodeList: operation({
    id: 'abolishCodeList', method: 'POST', path: '/api/v1/standards/code-lists/{id}/abolish', tag, access: { steward: 'all' }, summary: 'Abolish a code list that no element in force uses',
    params: ListParams, body: Type.Object({ revision: Revision, reason: Words(500) }), response: CodeListSchema,
  }),
  previewStandardsImport: operation({
    id: 'previewStandardsImport', method: 'POST', path: '/api/v1/standards/imports', tag, access: { steward: 'all' }, status: 201, consumes: 'multipart/form-data',
    summary: 'Read a file of data elements or of one code list (XLSX, XLS, CSV in any encoding) and tell what it would change; parts `kind`, `list?`, `listName?`, `label?`, `inForceFrom?` come before `file`',
    response: StandardsImportSchema,
  }),
  listStandardsImports: operation({
    id: 'listStandardsImports', method: 'GET', path: '/api/v1/standards/imports', tag, access: { steward: 'all', auditor: 'all' }, summary: 'Imports of standards, newest first', query: Type.Object(PageQuery), response: Page(StandardsImportSchema),
  }),
  getStandardsImport: operation({
    id: 'getStandardsImport', method: 'GET', path: '/api/v1/standards/imports/{id}', tag, access: { steward: 'all', auditor: 'all' }, summary: 'One import with its lines; `state` chooses some', params: ImportParams,
    query: Type.Object({ ...PageQuery, state: Type.Optional(Type.Enum(LINE_STATES)) }), response: Type.Object({ import: StandardsImportSchema, ...Page(ImportLineSchema).properties }),
  }),
  actOnStandardsImport: operation({
    id: 'actOnStandardsImport', method: 'POST', path: '/api/v1/standards/imports/{id}/actions/{action}', tag, access: { steward: 'all' }, summary: 'Apply a previewed import, or undo the applied one as long as nothing of it was changed since',
    params: Type.Object({ id: Id, action: Type.Enum(['apply', 'undo']) }), body: Type.Object({ reason: Words(500) }), response: StandardsImportSchema,
  }),
  exportStandards: operation({
    id: 'exportStandards', method: 'GET', path: '/api/v1/standards/export', tag, access: 'anyone', summary: 'All data elements, or one code list on a day, in the columns that an import takes',
    query: Type.Object({ kind: Type.Enum(STANDARD_KINDS), list: Type.Optional(ListId), date: Type.Optional(CalendarDate), format: Type.Optional(Type.Enum(['csv', 'xlsx'])) }),
    response: Type.Object({}), produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  }),
  conformity: operation({
    id: 'conformity', method: 'GET', path: '/api/v1/standards/conformity', tag, access: Watchers, summary: 'How far the fields of the city and of each department keep to data elements: conforming fields ÷ all fields',
    response: Type.Object({ city: Type.Object({ ...CountsSchema, entries: Type.Integer() }), departments: Type.Array(Type.Object({ organisation: OrganisationRef, entries: Type.Integer(), ...CountsSchema })) }),
  }),
  listEntryConformity: operation({
    id: 'listEntryConformity', method: 'GET', path: '/api/v1/standards/conformity/entries', tag, access: Watchers, summary: 'Conformity of entries, the lowest first',
    query: Type.Object({ ...PageQuery, organisation: Type.Optional(OrganisationCode) }), response: Page(EntryConformityRow),
  }),
  getEntryConformity: operation({
    id: 'getEntryConformity', method: 'GET', path: '/api/v1/standards/entries/{code}', tag, access: Watchers, summary: 'Mapping and conformity of each field of an entry, with what to do', params: Type.Object({ code: EntryCode }),
    response: Type.Object({ ...EntryConformityRow.properties, items: Type.Array(MappedFieldSchema), elements: Type.Array(Type.Object({ id: ElementId, name: Type.String(), nameEn: Type.String() }, { description: 'those that `items` name' })) }),
  }),
  measureConformity: operation({
    id: 'measureConformity', method: 'POST', path: '/api/v1/standards/conformity/measure', tag, access: { steward: 'all' }, status: 202, summary: 'Measure all entries anew in the background', response: Type.Object({}),
  }),
} as const
