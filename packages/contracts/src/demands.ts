import { Type, type Static } from 'typebox'
import { TimelineItem } from './catalog.ts'
import { ClockSchema } from './clocks.ts'
import { EntryCode, Id, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, Words } from './common.ts'
import { operation } from './operation.ts'

/** Drawn in the README of the server's module `lists`. */
export const DEMAND_STATES = ['filed', 'assigned', 'accepted', 'refused', 'attached', 'published', 'merged', 'withdrawn'] as const
export const DEMAND_ACTIONS = ['assign', 'accept', 'refuse', 'attach', 'merge', 'withdraw'] as const
export type DemandState = (typeof DEMAND_STATES)[number]
export type DemandAction = (typeof DEMAND_ACTIONS)[number]

export const DemandSchema = Type.Object({
  id: Id, number: Type.String(), title: Type.String(), description: Type.String(),
  audience: Type.Enum(['public', 'departments'], { description: '`public`: shown in the portal' }),
  from: Nullable(OrganisationRef, 'department that asks; null: somebody of the public'),
  state: Type.Enum(DEMAND_STATES),
  department: Nullable(OrganisationRef, 'to which it was assigned'),
  answer: Type.String(), legalBasis: Type.String(),
  entry: Nullable(Type.Object({ code: EntryCode, title: Type.String() })),
  mergedInto: Nullable(Type.String({ format: 'uuid' })),
  support: Type.Integer(), supported: Type.Boolean({ description: 'by the caller' }), mine: Type.Boolean(),
  clock: Nullable(ClockSchema),
  filedAt: Instant, changedAt: Instant,
  allowedActions: Type.Array(Type.Enum(DEMAND_ACTIONS)),
  history: Type.Array(TimelineItem, { description: 'of one demand; who acted is named to departments alone' }),
})
export type Demand = Static<typeof DemandSchema>

const tag = 'lists'
const IdParams = Type.Object({ id: Id })

export const demandOperations = {
  listDemands: operation({
    id: 'listDemands', method: 'GET', path: '/api/v1/demands', tag, access: 'anyone', summary: 'What data others ask for and cannot find; the public sees public ones',
    query: Type.Object({
      ...PageQuery, state: Type.Optional(Type.Enum(DEMAND_STATES)), organisation: Type.Optional(OrganisationCode), q: Type.Optional(Words(100)), mine: Type.Optional(Type.Boolean()),
      audience: Type.Optional(Type.Enum(['public', 'departments'])), sort: Type.Optional(Type.Enum(['-support', '-filedAt'])),
    }),
    response: Page(DemandSchema),
  }),
  getDemand: operation({ id: 'getDemand', method: 'GET', path: '/api/v1/demands/{id}', tag, access: 'anyone', summary: 'One demand with what became of it', params: IdParams, response: DemandSchema }),
  fileDemand: operation({
    id: 'fileDemand', method: 'POST', path: '/api/v1/demands', tag, access: 'signed-in', status: 201, summary: 'Ask for data that cannot be found; at most ten a day',
    body: Type.Object({ title: Words(120), description: Words(2000), audience: Type.Optional(Type.Enum(['public', 'departments'])) }), response: DemandSchema,
  }),
  supportDemand: operation({
    id: 'supportDemand', method: 'PUT', path: '/api/v1/demands/{id}/support', tag, access: 'signed-in', summary: 'Ask for the same, once a person, or no more', params: IdParams,
    body: Type.Object({ support: Type.Boolean() }), response: DemandSchema,
  }),
  actOnDemand: operation({
    id: 'actOnDemand', method: 'POST', path: '/api/v1/demands/{id}/actions/{action}', tag,
    access: { provider: 'own', consumer: 'own', steward: 'all', developer: 'own' },
    summary: 'The steward assigns and merges; the department accepts, refuses with its reason, and attaches an entry; who filed it withdraws',
    params: Type.Object({ id: Id, action: Type.Enum(DEMAND_ACTIONS) }),
    body: Type.Object({
      reason: Type.Optional(Words(1000)), legalBasis: Type.Optional(Words(500)), organisation: Type.Optional(OrganisationCode), entryCode: Type.Optional(EntryCode), into: Type.Optional(Id),
    }),
    response: DemandSchema,
  }),
  listMissedSearches: operation({
    id: 'listMissedSearches', method: 'GET', path: '/api/v1/lists/missed-searches', tag, access: { steward: 'all', leader: 'all' },
    summary: 'What was searched for and not found in the last month, the most frequent first',
    response: Type.Object({ items: Type.Array(Type.Object({ words: Type.String(), times: Type.Integer() })) }),
  }),
} as const
