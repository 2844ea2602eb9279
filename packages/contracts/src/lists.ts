import { Type, type Static } from 'typebox'
import { CalendarDate, EntryCode, Id, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, Revision, Words } from './common.ts'
import { operation } from './operation.ts'

export const RESPONSIBILITY_STATES = ['published', 'in-progress', 'missing', 'late'] as const
export const NEGATIVE_AGAINST = ['sharing', 'opening', 'both'] as const
/** Only these may keep data back. */
export const LEGAL_GROUNDS = ['law', 'administrative-regulation', 'state-council'] as const

export const ResponsibilitySchema = Type.Object({
  id: Id, department: OrganisationRef,
  item: Type.String({ description: 'the matter of duty' }), legalBasis: Type.String(), dataNamed: Type.String({ description: 'the data that it obliges to share' }),
  entry: Nullable(Type.Object({ code: EntryCode, title: Type.String(), state: Type.String() })),
  dueOn: Nullable(CalendarDate),
  state: Type.Enum(RESPONSIBILITY_STATES),
  revision: Revision, changedAt: Instant, changedBy: Type.String(),
})
export type Responsibility = Static<typeof ResponsibilitySchema>

const ResponsibilityBody = {
  organisation: OrganisationCode, item: Words(200), legalBasis: Words(500, 0), dataNamed: Words(500, 0), dueOn: Nullable(CalendarDate), entryCode: Nullable(EntryCode),
}

export const NegativeItemSchema = Type.Object({
  id: Id, department: OrganisationRef,
  entry: Type.Object({ code: EntryCode, title: Type.String(), state: Type.String() }),
  fields: Type.Array(Type.String(), { description: 'none: the whole entry' }),
  against: Type.Enum(NEGATIVE_AGAINST),
  ground: Nullable(Type.Enum(LEGAL_GROUNDS), 'null: not said yet'),
  legalBasis: Type.String(),
  state: Type.Enum(['in-force', 'lifted']),
  reviewedAt: Instant,
  reviewDueAt: Nullable(Instant),
  late: Type.Boolean(),
  allowedActions: Type.Array(Type.Enum(['review', 'lift'])),
})
export type NegativeItem = Static<typeof NegativeItemSchema>

const Listers = { provider: 'own', consumer: 'own', steward: 'all', auditor: 'all', leader: 'all' } as const
const tag = 'lists'
const IdParams = Type.Object({ id: Id })

export const listOperations = {
  listResponsibilities: operation({
    id: 'listResponsibilities', method: 'GET', path: '/api/v1/lists/responsibilities', tag, access: Listers,
    summary: 'What departments must share, with the entries that fulfil it, and how far each has come',
    query: Type.Object({ ...PageQuery, organisation: Type.Optional(OrganisationCode), state: Type.Optional(Type.Enum(RESPONSIBILITY_STATES)), q: Type.Optional(Words(100)) }),
    response: Type.Object({
      items: Type.Array(ResponsibilitySchema), nextCursor: Nullable(Type.String()), total: Type.Integer(),
      departments: Type.Array(Type.Object({ department: OrganisationRef, all: Type.Integer(), published: Type.Integer(), late: Type.Integer() })),
    }),
  }),
  addResponsibility: operation({
    id: 'addResponsibility', method: 'POST', path: '/api/v1/lists/responsibilities', tag, access: { steward: 'all' }, status: 201,
    summary: 'Add what a department must share', body: Type.Object(ResponsibilityBody), response: ResponsibilitySchema,
  }),
  changeResponsibility: operation({
    id: 'changeResponsibility', method: 'PATCH', path: '/api/v1/lists/responsibilities/{id}', tag, access: { steward: 'all', provider: 'own' }, params: IdParams,
    summary: 'Change an item; a provider only attaches an entry of his department or lets it go',
    body: Type.Object({ ...Type.Partial(Type.Object(ResponsibilityBody)).properties, revision: Revision, reason: Type.Optional(Words(500)) }), response: ResponsibilitySchema,
  }),
  removeResponsibility: operation({
    id: 'removeResponsibility', method: 'POST', path: '/api/v1/lists/responsibilities/{id}/actions/strike', tag, access: { steward: 'all' }, params: IdParams,
    summary: 'Strike an item from the list', body: Type.Object({ reason: Words(500) }), response: Type.Object({ removed: Type.Boolean() }),
  }),
  proposeResponsibilities: operation({
    id: 'proposeResponsibilities', method: 'GET', path: '/api/v1/lists/responsibilities/proposals', tag, access: { steward: 'all', provider: 'own' },
    summary: 'What the list of a department lacks: duties without an item, and published entries that no item names',
    query: Type.Object({ organisation: OrganisationCode }),
    response: Type.Object({ items: Type.Array(Type.Object({ from: Type.Enum(['duty', 'entry']), item: Type.String(), dataNamed: Type.String(), entryCode: Nullable(EntryCode) })) }),
  }),
  importResponsibilities: operation({
    id: 'importResponsibilities', method: 'POST', path: '/api/v1/lists/responsibilities/actions/import', tag, access: { steward: 'all' },
    summary: 'Take items from a spreadsheet or CSV; with `apply` false it only says what it would do, and which lines it cannot take',
    body: Type.Object({ fileName: Words(255), content: Type.String({ maxLength: 900_000, pattern: '^[A-Za-z0-9+/]*={0,2}$', description: 'the file, base64' }), apply: Type.Boolean() }),
    response: Type.Object({
      added: Type.Integer(), changed: Type.Integer(), same: Type.Integer(),
      rejects: Type.Array(Type.Object({ line: Type.Integer(), reason: Type.String() })),
    }),
  }),
  exportResponsibilities: operation({
    id: 'exportResponsibilities', method: 'GET', path: '/api/v1/lists/responsibilities/export', tag, access: Listers,
    summary: 'The list as an import takes it', query: Type.Object({ organisation: Type.Optional(OrganisationCode) }),
    response: Type.Object({ fileName: Type.String(), csv: Type.String({ description: 'RFC 4180' }) }),
  }),
  listNegativeItems: operation({
    id: 'listNegativeItems', method: 'GET', path: '/api/v1/lists/negative', tag, access: Listers, summary: 'What is not shared or not opened, on what ground, and when it is reviewed',
    query: Type.Object({ ...PageQuery, organisation: Type.Optional(OrganisationCode), entryCode: Type.Optional(EntryCode), state: Type.Optional(Type.Enum(['in-force', 'lifted'])), late: Type.Optional(Type.Boolean()) }),
    response: Page(NegativeItemSchema),
  }),
  addNegativeItem: operation({
    id: 'addNegativeItem', method: 'POST', path: '/api/v1/lists/negative', tag, access: { steward: 'all', provider: 'own' }, status: 201,
    summary: 'Put an entry or some of its fields on the negative list; it needs a law, an administrative regulation or a document of the State Council',
    body: Type.Object({
      entryCode: EntryCode, fields: Type.Array(Words(200), { maxItems: 500, uniqueItems: true }), against: Type.Enum(NEGATIVE_AGAINST), ground: Type.Enum(LEGAL_GROUNDS), legalBasis: Words(500),
    }),
    response: NegativeItemSchema,
  }),
  actOnNegativeItem: operation({
    id: 'actOnNegativeItem', method: 'POST', path: '/api/v1/lists/negative/{id}/actions/{action}', tag, access: { steward: 'all', provider: 'own' },
    summary: 'Review an item (its ground still holds) for another year, or lift it; only the steward lifts, and not while the entry is 不予共享',
    params: Type.Object({ id: Id, action: Type.Enum(['review', 'lift']) }),
    body: Type.Object({ reason: Words(1000), ground: Type.Optional(Type.Enum(LEGAL_GROUNDS)), legalBasis: Type.Optional(Words(500)) }), response: NegativeItemSchema,
  }),
} as const
