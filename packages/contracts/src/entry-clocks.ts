import { Type, type Static } from 'typebox'
import { CATALOG_CLOCK_KINDS, ClockSchema } from './clocks.ts'
import { CalendarDate, EntryCode, Id, Instant, IssueSchema, Nullable, OrganisationCode, OrganisationRef, PageQuery, Words } from './common.ts'
import { limitChanges, limitSchema } from './limits.ts'
import { operation } from './operation.ts'

/** Limits of the catalogue's life cycle and of its lists. */
export const CATALOG_LIMITS = [
  'entry-review', 'entry-update', 'entry-update-extension', 'update-grace', 'withdrawal-notice', 'negative-review', 'demand-answer', 'ticket', 'correction',
  'correction-extension',
] as const
export type CatalogLimitKey = (typeof CATALOG_LIMITS)[number]

/** What a clock of the catalogue is about. */
export const CLOCK_SUBJECTS = ['entry', 'negative-item', 'demand', 'ticket'] as const
export type ClockSubject = (typeof CLOCK_SUBJECTS)[number]
export const CLOCK_STANDINGS = ['late', 'soon', 'running', 'paused'] as const
/** What may be done with many clocks at once. */
export const CLOCK_ACTIONS = ['urge', 'extend', 'approve', 'publish'] as const
export type ClockAction = (typeof CLOCK_ACTIONS)[number]

export const EntryClockSchema = Type.Object({
  id: Id,
  subject: Type.Object({ type: Type.Enum(CLOCK_SUBJECTS), id: Type.String() }),
  title: Type.String(),
  department: OrganisationRef,
  waitsFor: Type.Enum(['bureau', 'department']),
  clock: ClockSchema,
  soon: Type.Boolean({ description: 'in the last third of its time' }),
  note: Type.String({ description: 'what changed' }),
  urgedAt: Nullable(Instant),
  allowedActions: Type.Array(Type.Enum(CLOCK_ACTIONS)),
})
export type EntryClock = Static<typeof EntryClockSchema>

const Figures = Type.Object({
  running: Type.Integer(), paused: Type.Integer(), dueSoon: Type.Integer(), late: Type.Integer(),
  kept: Type.Integer({ description: 'ended in time within the last year' }), missed: Type.Integer({ description: 'ended late within the last year' }),
})
const Watchers = { provider: 'own', steward: 'all', auditor: 'all', leader: 'all' } as const
const tag = 'catalog'
const Limits = Type.Object({ items: Type.Array(limitSchema(CATALOG_LIMITS)) })

export const entryClockOperations = {
  listEntryClocks: operation({
    id: 'listEntryClocks', method: 'GET', path: '/api/v1/catalog/clocks', tag, access: Watchers,
    summary: 'Clocks of the catalogue that run or stand still, late ones first, with counts by department of what runs and of what was kept and missed within a year',
    query: Type.Object({
      ...PageQuery, kind: Type.Optional(Type.Enum(CATALOG_CLOCK_KINDS)), department: Type.Optional(OrganisationCode),
      standing: Type.Optional(Type.Enum(CLOCK_STANDINGS)), q: Type.Optional(Words(100)),
    }),
    response: Type.Object({
      items: Type.Array(EntryClockSchema), nextCursor: Nullable(Type.String()), total: Type.Integer(),
      departments: Type.Array(Type.Object({ department: OrganisationRef, ...Figures.properties })),
    }),
  }),
  actOnEntryClocks: operation({
    id: 'actOnEntryClocks', method: 'POST', path: '/api/v1/catalog/clocks/actions/{action}', tag, access: { provider: 'own', steward: 'all' },
    summary: 'One step on many clocks, each by itself: the steward urges, approves and publishes what waits for review; a provider extends an update once, with a reason',
    params: Type.Object({ action: Type.Enum(CLOCK_ACTIONS) }),
    body: Type.Object({ ids: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }), reason: Type.Optional(Words(1000)) }),
    response: Type.Object({
      items: Type.Array(Type.Object({
        id: Id, done: Type.Boolean(), problem: Nullable(Type.Object({ code: Type.String(), title: Type.String(), errors: Type.Array(IssueSchema) })),
      })),
    }),
  }),
  reportEntryChange: operation({
    id: 'reportEntryChange', method: 'POST', path: '/api/v1/catalog/entries/{code}/changes', tag, access: { provider: 'own', steward: 'all' }, status: 201,
    summary: 'A duty or the data changed: the time to update the entry begins on the day on which that became known',
    params: Type.Object({ code: EntryCode }),
    body: Type.Object({ what: Type.Enum(['duty', 'data']), knownOn: CalendarDate, note: Words(1000) }),
    response: EntryClockSchema,
  }),
  listCatalogLimits: operation({
    id: 'listCatalogLimits', method: 'GET', path: '/api/v1/catalog/limits', tag, access: { ...Watchers, consumer: 'own' },
    summary: 'Limits of the catalogue with their sources', response: Limits,
  }),
  setCatalogLimits: operation({
    id: 'setCatalogLimits', method: 'PUT', path: '/api/v1/catalog/limits', tag, access: { steward: 'all' },
    summary: 'Change limits, one by one or to a preset; a clock that runs keeps the limit it began with',
    body: limitChanges(CATALOG_LIMITS), response: Limits,
  }),
} as const
