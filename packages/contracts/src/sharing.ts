import { Type } from 'typebox'
import { APPLICATION_CLOCK_KINDS, ClockSchema } from './clocks.ts'
import { EntryCode, Id, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, IssueSchema, Words } from './common.ts'
import { limitChanges, limitSchema } from './limits.ts'
import { operation } from './operation.ts'
import {
  ActionBodySchema, APPLICATION_ACTIONS, APPLICATION_STATES, ApplicationSchema, ApplyBody, EvaluationSchema, GRANT_STATES,
  GrantSchema, RuleRefSchema,
} from './sharing-schemas.ts'

export * from './sharing-schemas.ts'

/** Limits of the closed loop; each has its source in the interface. */
export const SHARING_SETTINGS = [
  'notice', 'answer-unconditional', 'answer-conditional', 'answer-extension', 'delivery', 'evaluation-interval', 'longest-grant',
] as const
export type SharingSettingKey = (typeof SHARING_SETTINGS)[number]

const Settings = Type.Object({ items: Type.Array(limitSchema(SHARING_SETTINGS)) })

const tag = 'sharing'
const Parties = { consumer: 'own', provider: 'own', steward: 'all', security: 'all', auditor: 'all', leader: 'all', developer: 'own' } as const
const IdParams = Type.Object({ id: Id })
const Bulk = ['approve', 'refuse', 'notify-missing'] as const

export const sharingOperations = {
  apply: operation({
    id: 'apply', method: 'POST', path: '/api/v1/sharing/applications', tag, access: { consumer: 'own', developer: 'own' }, status: 201,
    summary: 'Apply for fields of an entry, or to renew or change a grant; unconditional ones are granted at once. Who applies promises no use beyond the purpose and no passing on',
    body: ApplyBody,
    response: ApplicationSchema,
  }),
  previewApplication: operation({
    id: 'previewApplication', method: 'POST', path: '/api/v1/sharing/applications/preview', tag, access: { consumer: 'own', developer: 'own' },
    summary: 'What would become of an application filed now: path, clock, due time, departments; changes nothing',
    body: Type.Object({ ...Type.Partial(ApplyBody).properties, entryCode: EntryCode, fields: ApplyBody.properties.fields }),
    response: Type.Object({
      path: Type.Enum(['granted-by-rule', 'refused-by-rule', 'people'], { description: 'what the rules say now' }),
      rule: Nullable(RuleRefSchema),
      reason: Type.String({ description: 'of a refusal by rule' }),
      legalBasis: Type.String(),
      clock: ClockSchema,
      deliveryWorkingDays: Type.Integer({ description: 'after consent' }),
      departments: Type.Array(Type.Object({ department: OrganisationRef, fields: Type.Array(Type.String()) })),
      waitsForEvaluation: Type.Boolean({ description: 'a renewal begins when the evaluation that is due has been made' }),
      issues: Type.Array(IssueSchema, { description: 'what would be refused as invalid' }),
    }),
  }),
  listApplications: operation({
    id: 'listApplications', method: 'GET', path: '/api/v1/sharing/applications', tag, access: Parties, summary: 'Applications, earliest due first',
    query: Type.Object({
      ...PageQuery, side: Type.Optional(Type.Enum(['consumer', 'provider'])), state: Type.Optional(Type.Enum(APPLICATION_STATES)),
      late: Type.Optional(Type.Boolean()), escalated: Type.Optional(Type.Boolean()),
      awaitingUs: Type.Optional(Type.Boolean({ description: 'whose own opinion is still asked for' })),
      grantId: Type.Optional(Type.String({ format: 'uuid', description: 'renewals and changes of this grant' })),
      q: Type.Optional(Words(100)), entryCode: Type.Optional(EntryCode),
      sort: Type.Optional(Type.Enum(['dueAt', '-dueAt', 'submittedAt', '-submittedAt'])),
    }),
    response: Page(ApplicationSchema),
  }),
  getApplication: operation({
    id: 'getApplication', method: 'GET', path: '/api/v1/sharing/applications/{id}', tag, access: Parties, summary: 'One application with its history and clocks',
    params: IdParams, response: ApplicationSchema,
  }),
  actOnApplication: operation({
    id: 'actOnApplication', method: 'POST', path: '/api/v1/sharing/applications/{id}/actions/{action}', tag,
    access: { consumer: 'own', provider: 'own', steward: 'all', security: 'all', developer: 'own' },
    summary: 'Provider: notify-missing, approve, refuse, extend, revoke. Consumer: supplement, withdraw, request-mediation, system-not-ready, system-ready, '
      + 'confirm-delivery, evaluate. Steward: urge, approve and refuse what is escalated, uphold, order-sharing. Security officer: suspend, resume, revoke',
    params: Type.Object({ id: Id, action: Type.Enum(APPLICATION_ACTIONS) }),
    body: ActionBodySchema,
    response: ApplicationSchema,
  }),
  bulkDecide: operation({
    id: 'bulkDecide', method: 'POST', path: '/api/v1/sharing/applications/bulk', tag, access: { provider: 'own', steward: 'all' },
    summary: 'The same step on many applications, each decided by itself: one that cannot be taken does not stop the others',
    body: Type.Object({
      ids: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
      action: Type.Enum(Bulk),
      ...Type.Pick(ActionBodySchema, ['reason', 'legalBasis', 'quota', 'missing']).properties,
    }),
    response: Type.Object({
      items: Type.Array(Type.Object({
        id: Id, done: Type.Boolean(), application: Nullable(ApplicationSchema),
        problem: Nullable(Type.Object({ code: Type.String(), title: Type.String(), errors: Type.Array(IssueSchema) })),
      })),
      done: Type.Integer(), failed: Type.Integer(),
    }),
  }),
  applicationPrecedents: operation({
    id: 'applicationPrecedents', method: 'GET', path: '/api/v1/sharing/applications/{id}/precedents', tag, access: { provider: 'own', steward: 'all' },
    summary: 'For who decides: earlier decisions on the same entry, the most alike in purpose first', params: IdParams,
    response: Type.Object({
      items: Type.Array(Type.Object({
        id: Id, number: Type.String(), consumer: OrganisationRef, purpose: Type.String(), outcome: Type.Enum(['approved', 'approved-in-part', 'refused']),
        fieldsAsked: Type.Array(Type.String()), fieldsGranted: Type.Array(Type.String()), reason: Type.String(), legalBasis: Type.String(),
        decidedAt: Instant, by: Type.Enum(['rule', 'department', 'bureau']), likeness: Type.Number({ description: 'of the purposes, 0 to 1' }),
      })),
    }),
  }),
  listGrants: operation({
    id: 'listGrants', method: 'GET', path: '/api/v1/sharing/grants', tag, access: Parties, summary: 'Grants given and received',
    query: Type.Object({ ...PageQuery, state: Type.Optional(Type.Enum(GRANT_STATES)), entryCode: Type.Optional(EntryCode), side: Type.Optional(Type.Enum(['consumer', 'provider'])) }),
    response: Page(GrantSchema),
  }),
  getGrant: operation({
    id: 'getGrant', method: 'GET', path: '/api/v1/sharing/grants/{id}', tag, access: Parties, summary: 'One grant', params: IdParams, response: GrantSchema,
  }),
  listEvaluations: operation({
    id: 'listEvaluations', method: 'GET', path: '/api/v1/sharing/evaluations', tag, access: Parties, summary: 'What consumers say of shared data, the newest first',
    query: Type.Object({ ...PageQuery, entryCode: Type.Optional(EntryCode), grantId: Type.Optional(Id), side: Type.Optional(Type.Enum(['consumer', 'provider'])) }),
    response: Page(EvaluationSchema),
  }),
  sharingSummary: operation({
    id: 'sharingSummary', method: 'GET', path: '/api/v1/sharing/summary', tag, access: Parties, summary: 'Counts of applications and grants in reach',
    response: Type.Object({
      open: Type.Integer(), dueSoon: Type.Integer(), late: Type.Integer(), approved: Type.Integer(), refused: Type.Integer(),
      activeGrants: Type.Integer(), medianAnswerWorkingDays: Nullable(Type.Number()),
    }),
  }),
  sharingBoard: operation({
    id: 'sharingBoard', method: 'GET', path: '/api/v1/sharing/board', tag, access: { provider: 'own', steward: 'all', auditor: 'all', leader: 'all' },
    summary: 'All clocks that run or stand still, late ones first, with counts by department',
    query: Type.Object({
      ...PageQuery, kind: Type.Optional(Type.Enum(APPLICATION_CLOCK_KINDS)), department: Type.Optional(OrganisationCode), late: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({
      items: Type.Array(Type.Object({
        applicationId: Id, number: Type.String(), entryCode: EntryCode, entryTitle: Type.String(), consumer: OrganisationRef, provider: OrganisationRef,
        waitingFor: Type.Array(OrganisationRef, { description: 'departments that have not said their opinion' }),
        state: Type.Enum(APPLICATION_STATES), clock: ClockSchema, escalatedAt: Nullable(Instant), urgedAt: Nullable(Instant),
      })),
      nextCursor: Nullable(Type.String()),
      total: Type.Integer(),
      departments: Type.Array(Type.Object({
        department: OrganisationRef, running: Type.Integer(), paused: Type.Integer(), dueSoon: Type.Integer(), late: Type.Integer(), escalated: Type.Integer(),
      })),
      inMediation: Type.Integer(),
    }),
  }),
  listSharingSettings: operation({
    id: 'listSharingSettings', method: 'GET', path: '/api/v1/sharing/settings', tag, access: Parties,
    summary: 'Limits of the sharing process with their sources', response: Settings,
  }),
  setSharingSettings: operation({
    id: 'setSharingSettings', method: 'PUT', path: '/api/v1/sharing/settings', tag, access: { steward: 'all' },
    summary: 'Change limits, one by one or to a preset; a clock that runs keeps the limit it began with',
    body: limitChanges(SHARING_SETTINGS),
    response: Settings,
  }),
} as const
