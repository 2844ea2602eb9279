import { Type, type Static } from 'typebox'
import { TimelineItem } from './catalog.ts'
import { CalendarDate, EntryCode, GradeSchema, Id, Instant, Nullable, OrganisationRef, Page, PageQuery, Revision, Words } from './common.ts'
import { operation } from './operation.ts'

export const APPLICATION_STATES = ['submitted', 'material-owed', 'approved', 'refused', 'withdrawn'] as const
export const APPLICATION_ACTIONS = ['notify-missing', 'supplement', 'approve', 'refuse', 'withdraw', 'suspend', 'resume', 'revoke', 'evaluate'] as const
export const GRANT_STATES = ['active', 'suspended', 'revoked', 'expired'] as const
export type ApplicationState = (typeof APPLICATION_STATES)[number]
export type ApplicationAction = (typeof APPLICATION_ACTIONS)[number]

/** A clock in Chinese working days; see `domain.md`, Clocks. */
export const ClockSchema = Type.Object({
  kind: Type.Enum(['review', 'answer-unconditional', 'answer-conditional', 'delivery']),
  state: Type.Enum(['running', 'paused', 'stopped']),
  startedAt: Instant,
  dueAt: Instant,
  workingDays: Type.Integer({ description: 'the whole limit' }),
  workingDaysLeft: Type.Integer({ description: 'negative when late' }),
  late: Type.Boolean(),
  source: Type.String({ description: 'rule that sets the limit' }),
})
export type ClockView = Static<typeof ClockSchema>

/** Row restriction of a grant: all conditions must hold. */
export const RowFilter = Type.Array(
  Type.Object({
    field: Type.String({ maxLength: 200 }),
    op: Type.Enum(['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'like']),
    value: Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean(), Type.Array(Type.Union([Type.String({ maxLength: 500 }), Type.Number()]), { maxItems: 500 })]),
  }),
  { maxItems: 20 },
)

export const QuotaSchema = Type.Object({
  perSecond: Type.Integer({ minimum: 1, maximum: 100_000 }),
  perDay: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
})

const grantedField = Type.Object({ name: Type.String(), description: Type.String(), type: Type.String(), grade: GradeSchema, masking: Nullable(Type.String()) })

export const GrantSchema = Type.Object({
  id: Id,
  number: Type.String({ examples: ['G-2026-0312'] }),
  applicationId: Id,
  entryCode: EntryCode,
  entryTitle: Type.String(),
  consumer: OrganisationRef,
  provider: OrganisationRef,
  appId: Id,
  appName: Type.String(),
  purpose: Type.String(),
  fields: Type.Array(grantedField),
  filter: RowFilter,
  quota: QuotaSchema,
  until: CalendarDate,
  state: Type.Enum(GRANT_STATES),
  createdAt: Instant,
  callsToday: Type.Integer(),
  callsTotal: Type.Integer(),
  rowsTotal: Type.Integer(),
  lastUsedAt: Nullable(Instant),
})
export type Grant = Static<typeof GrantSchema>

export const ApplicationSchema = Type.Object({
  id: Id,
  number: Type.String({ examples: ['A-2026-0312'] }),
  entryCode: EntryCode,
  entryTitle: Type.String(),
  consumer: OrganisationRef,
  provider: OrganisationRef,
  applicant: Type.String(),
  fields: Type.Array(grantedField),
  filter: RowFilter,
  purpose: Type.String(),
  use: Type.String({ description: 'system or matter in which the data are used' }),
  legalBasis: Type.String(),
  delivery: Type.Enum(['api', 'file']),
  until: CalendarDate,
  appId: Nullable(Id),
  state: Type.Enum(APPLICATION_STATES),
  clock: ClockSchema,
  dueAt: Instant,
  submittedAt: Instant,
  decidedAt: Nullable(Instant),
  history: Type.Array(TimelineItem),
  grantId: Nullable(Id),
  revision: Revision,
  allowedActions: Type.Array(Type.Enum(APPLICATION_ACTIONS)),
})
export type Application = Static<typeof ApplicationSchema>

const tag = 'sharing'
const Parties = { consumer: 'own', provider: 'own', steward: 'all', security: 'all', auditor: 'all', leader: 'all', developer: 'own' } as const
const IdParams = Type.Object({ id: Id })

export const sharingOperations = {
  apply: operation({
    id: 'apply', method: 'POST', path: '/api/v1/sharing/applications', tag, access: { consumer: 'own', developer: 'own' }, status: 201,
    summary: 'Apply for fields of an entry; unconditional ones are granted at once',
    body: Type.Object({
      entryCode: EntryCode, fields: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 5000, uniqueItems: true }),
      filter: Type.Optional(RowFilter), purpose: Words(2000), use: Words(500), legalBasis: Type.Optional(Words(1000, 0)),
      delivery: Type.Enum(['api', 'file']), until: CalendarDate, appId: Type.Optional(Id),
    }),
    response: ApplicationSchema,
  }),
  listApplications: operation({
    id: 'listApplications', method: 'GET', path: '/api/v1/sharing/applications', tag, access: Parties, summary: 'Applications, earliest due first',
    query: Type.Object({
      ...PageQuery, side: Type.Optional(Type.Enum(['consumer', 'provider'])), state: Type.Optional(Type.Enum(APPLICATION_STATES)),
      late: Type.Optional(Type.Boolean()), q: Type.Optional(Words(100)), entryCode: Type.Optional(EntryCode),
      sort: Type.Optional(Type.Enum(['dueAt', '-dueAt', 'submittedAt', '-submittedAt'])),
    }),
    response: Page(ApplicationSchema),
  }),
  getApplication: operation({
    id: 'getApplication', method: 'GET', path: '/api/v1/sharing/applications/{id}', tag, access: Parties, summary: 'One application with its history and clock',
    params: IdParams, response: ApplicationSchema,
  }),
  actOnApplication: operation({
    id: 'actOnApplication', method: 'POST', path: '/api/v1/sharing/applications/{id}/actions/{action}', tag,
    access: { consumer: 'own', provider: 'own', security: 'all', developer: 'own' },
    summary: 'Provider: notify-missing, approve, refuse, revoke. Consumer: supplement, withdraw, evaluate. Security officer: suspend, resume, revoke',
    params: Type.Object({ id: Id, action: Type.Enum(APPLICATION_ACTIONS) }),
    body: Type.Object({
      reason: Type.Optional(Words(2000)), legalBasis: Type.Optional(Words(1000)), revision: Type.Optional(Revision),
      /** approve: fields may be fewer than asked, masks stricter than the policy, quota as set here. */
      fields: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, uniqueItems: true })),
      masking: Type.Optional(Type.Record(Type.String(), Type.String())),
      quota: Type.Optional(QuotaSchema), until: Type.Optional(CalendarDate),
      /** supplement */ purpose: Type.Optional(Words(2000)), use: Type.Optional(Words(500)),
      /** evaluate: 1 to 5 */ score: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
    }),
    response: ApplicationSchema,
  }),
  listGrants: operation({
    id: 'listGrants', method: 'GET', path: '/api/v1/sharing/grants', tag, access: Parties, summary: 'Grants given and received',
    query: Type.Object({ ...PageQuery, state: Type.Optional(Type.Enum(GRANT_STATES)), entryCode: Type.Optional(EntryCode), side: Type.Optional(Type.Enum(['consumer', 'provider'])) }),
    response: Page(GrantSchema),
  }),
  getGrant: operation({
    id: 'getGrant', method: 'GET', path: '/api/v1/sharing/grants/{id}', tag, access: Parties, summary: 'One grant', params: IdParams, response: GrantSchema,
  }),
  sharingSummary: operation({
    id: 'sharingSummary', method: 'GET', path: '/api/v1/sharing/summary', tag, access: Parties, summary: 'Counts of applications and grants in reach',
    response: Type.Object({
      open: Type.Integer(), dueSoon: Type.Integer(), late: Type.Integer(), approved: Type.Integer(), refused: Type.Integer(),
      activeGrants: Type.Integer(), medianAnswerWorkingDays: Nullable(Type.Number()),
    }),
  }),
} as const
