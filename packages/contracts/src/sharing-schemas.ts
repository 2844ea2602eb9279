import { Type, type Static } from 'typebox'
import { TimelineItem } from './catalog.ts'
import { ClockSchema } from './clocks.ts'
import { ActorSchema, CalendarDate, EntryCode, GradeSchema, Id, Instant, Nullable, OrganisationRef, Revision, Words } from './common.ts'
import { PurposeCode } from './purposes.ts'

/** Drawn in the README of the server's module `sharing`. */
export const APPLICATION_STATES = ['submitted', 'material-owed', 'approved', 'refused', 'in-mediation', 'upheld', 'withdrawn'] as const
export const APPLICATION_ACTIONS = [
  'notify-missing', 'supplement', 'approve', 'refuse', 'withdraw', 'extend', 'urge', 'request-mediation', 'uphold', 'order-sharing',
  'system-not-ready', 'system-ready', 'confirm-delivery', 'suspend', 'resume', 'revoke', 'evaluate',
] as const
/** Why a grant was revoked; misuse alone counts as a violation. */
export const REVOCATION_GROUNDS = ['misuse', 'not-needed', 'data-changed', 'other'] as const
export type RevocationGround = (typeof REVOCATION_GROUNDS)[number]
export const GRANT_STATES = ['active', 'suspended', 'revoked', 'expired', 'replaced'] as const
/** How the data are wanted: rows by interface, files, nothing but whether values are right, or nothing but counts. */
export const DELIVERY_FORMS = ['api', 'file', 'verify', 'statistics'] as const
export type DeliveryForm = (typeof DELIVERY_FORMS)[number]
/** Forms that give answers about the rows and never a row. */
const LESSER_FORMS = ['verify', 'statistics'] as const satisfies DeliveryForm[]
export type LesserForm = (typeof LESSER_FORMS)[number]
export const isLesserForm = (form: DeliveryForm): form is LesserForm => LESSER_FORMS.some((lesser) => lesser === form)
/** What a grant gives: rows with everything that is less, or only answers about them. */
export const GIVES = ['rows', ...LESSER_FORMS] as const
export type Gives = (typeof GIVES)[number]
export type ApplicationState = (typeof APPLICATION_STATES)[number]
export type ApplicationAction = (typeof APPLICATION_ACTIONS)[number]

/** Row restriction of a grant: all conditions must hold. */
export const RowFilter = Type.Array(
  Type.Object({
    field: Type.String({ maxLength: 200 }),
    op: Type.Enum(['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'like']),
    value: Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean(), Type.Array(Type.Union([Type.String({ maxLength: 500 }), Type.Number()]), { maxItems: 500 })]),
  }),
  { maxItems: 20 },
)

/**
 * Which version of the data a grant delivers: the current one, so that each new one is delivered, or one for ever, for as
 * long as it is retained.
 */
export const VersionRuleSchema = Type.Union([
  Type.Object({ kind: Type.Literal('current') }),
  Type.Object({ kind: Type.Literal('fixed'), version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
])
export type VersionRule = Static<typeof VersionRuleSchema>

export const QuotaSchema = Type.Object({
  perSecond: Type.Integer({ minimum: 1, maximum: 100_000 }),
  perDay: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
  total: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, description: 'calls in all; without it there is no end' })),
})

/** The rule that decided, in the version that held then. */
export const RuleRefSchema = Type.Object({ id: Type.String(), version: Type.Integer(), name: Type.String() })
export type RuleRef = Static<typeof RuleRefSchema>

const Score = Type.Integer({ minimum: 1, maximum: 5 })
/** A consumer's judgement, each from 1 (bad) to 5 (good). */
export const ScoresSchema = Type.Object({ quality: Score, timeliness: Score, effect: Score })

export const EvaluationSchema = Type.Object({
  id: Id, applicationId: Id, applicationNumber: Type.String(), grantId: Id, entryCode: EntryCode, entryTitle: Type.String(),
  consumer: OrganisationRef, provider: OrganisationRef, at: Instant, by: Type.String(), scores: ScoresSchema, comment: Type.String(),
})
export type Evaluation = Static<typeof EvaluationSchema>

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
  gives: Type.Enum(GIVES, { description: 'rows and everything that is less, or only answers about them' }),
  fields: Type.Array(grantedField),
  filter: RowFilter,
  versionRule: VersionRuleSchema,
  quota: QuotaSchema,
  until: CalendarDate,
  state: Type.Enum(GRANT_STATES),
  createdAt: Instant,
  revokedFor: Nullable(Type.Enum(REVOCATION_GROUNDS)),
  replacedBy: Nullable(Id, 'the grant that a renewal or change put in its place'),
  evaluationDueAt: Nullable(Instant, 'null when none will be due any more'),
  callsToday: Type.Integer(),
  callsTotal: Type.Integer(),
  rowsTotal: Type.Integer(),
  lastUsedAt: Nullable(Instant),
})
export type Grant = Static<typeof GrantSchema>

/** One thing that the applicant owed or owes. */
export const MaterialItemSchema = Type.Object({
  id: Type.String(), title: Type.String(), supplied: Type.Boolean(), note: Type.String({ description: 'what was supplied' }),
  askedAt: Instant, suppliedAt: Nullable(Instant),
})

/** What one of the departments that own asked fields says to them. */
export const OpinionSchema = Type.Object({
  department: OrganisationRef,
  fields: Type.Array(Type.String()),
  state: Type.Enum(['asked', 'consented', 'refused']),
  reason: Type.String(),
  legalBasis: Type.String(),
  decidedAt: Nullable(Instant),
  by: Nullable(ActorSchema),
})

export const ApplicationSchema = Type.Object({
  id: Id,
  number: Type.String({ examples: ['A-2026-0312'] }),
  entryCode: EntryCode,
  entryTitle: Type.String(),
  consumer: OrganisationRef,
  /** For those who decide and watch; null for the public and for others. */ consumerCredit: Nullable(Type.Number({ description: 'credit score of the consumer, 0 to 100' })),
  provider: OrganisationRef,
  applicant: Type.String(),
  fields: Type.Array(grantedField),
  filter: RowFilter,
  filterBehindMask: Type.Array(Type.String(), { description: 'fields of the filter that are delivered masked: which rows come tells what the mask hides' }),
  versionRule: VersionRuleSchema,
  purpose: Type.String(),
  purposeCode: Type.Optional(Nullable(Type.String(), 'of the catalogue of purposes')),
  use: Type.String({ description: 'system or matter in which the data are used' }),
  legalBasis: Type.String(),
  delivery: Type.Enum(DELIVERY_FORMS),
  until: CalendarDate,
  quota: Nullable(QuotaSchema, 'what was asked for; null leaves it to the decision'),
  appId: Nullable(Id),
  /** The grant that this application wants renewed or changed. */
  link: Nullable(Type.Object({ kind: Type.Enum(['renewal', 'change']), grantId: Id, grantNumber: Type.String() })),
  /** No use beyond the purpose, no passing on: what the consumer said yes to. */
  commitment: Type.Object({ text: Type.String(), explicit: Type.Boolean({ description: 'false: by the act of applying' }) }),
  state: Type.Enum(APPLICATION_STATES),
  clock: ClockSchema,
  /** Every clock of the application, the answer's among them, by start. */
  clocks: Type.Array(ClockSchema),
  dueAt: Instant,
  submittedAt: Instant,
  decidedAt: Nullable(Instant),
  /** Who decided on what ground; null while nobody has. */
  decision: Nullable(Type.Object({
    by: Type.Enum(['rule', 'department', 'bureau']), reason: Type.String(), legalBasis: Type.String(),
  })),
  rule: Nullable(RuleRefSchema, 'the rule that decided or sent the application to people'),
  opinions: Type.Array(OpinionSchema),
  material: Type.Array(MaterialItemSchema),
  escalatedAt: Nullable(Instant, 'since when the bureau may decide in the silent department’s place'),
  deliveryEscalatedAt: Nullable(Instant, 'since when the bureau knows that the delivery is late'),
  urgedAt: Nullable(Instant),
  mediation: Nullable(Type.Object({
    requestedAt: Instant, reason: Type.String({ description: 'of the applicant' }), outcome: Nullable(Type.Enum(['upheld', 'ordered'])), decidedAt: Nullable(Instant),
  })),
  evaluations: Type.Array(Type.Object({ at: Instant, by: Type.String(), scores: ScoresSchema, comment: Type.String() })),
  evaluationDueAt: Nullable(Instant),
  history: Type.Array(TimelineItem),
  grantId: Nullable(Id),
  revision: Revision,
  allowedActions: Type.Array(Type.Enum(APPLICATION_ACTIONS)),
})
export type Application = Static<typeof ApplicationSchema>

const FieldNames = Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 5000, uniqueItems: true })

export const ApplyBody = Type.Object({
  entryCode: EntryCode, fields: FieldNames, filter: Type.Optional(RowFilter), purpose: Words(2000), use: Words(500),
  /** Of the catalogue of purposes; without it the text alone tells. */ purposeCode: Type.Optional(PurposeCode),
  legalBasis: Type.Optional(Words(1000, 0)), delivery: Type.Enum(DELIVERY_FORMS), until: CalendarDate,
  appId: Type.Optional(Id), quota: Type.Optional(QuotaSchema),
  /** Absent: the current version. */ versionRule: Type.Optional(VersionRuleSchema),
  /** Masking method by field: a coarser form is asked for where the entry delivers the value. */ masking: Type.Optional(Type.Record(Type.String(), Type.String())),
  /** Grant to be renewed; the new grant takes its place. */ renews: Type.Optional(Id),
  /** Grant whose fields, rows or quota change; the new grant takes its place. */ changes: Type.Optional(Id),
  /** `false` is refused. Absent: who applies gives it by applying; the evidence tells which. */ commitment: Type.Optional(Type.Boolean()),
})

export const ActionBodySchema = Type.Object({
  reason: Type.Optional(Words(2000)), legalBasis: Type.Optional(Words(1000)), revision: Type.Optional(Revision),
  /** approve: fields may be fewer than asked, masks stricter than the policy, quota as set here. */
  fields: Type.Optional(FieldNames),
  masking: Type.Optional(Type.Record(Type.String(), Type.String())),
  quota: Type.Optional(QuotaSchema), until: Type.Optional(CalendarDate),
  /** notify-missing: all that is missing, once; absent: `reason` is the one item. */
  missing: Type.Optional(Type.Array(Words(500), { minItems: 1, maxItems: 50, uniqueItems: true })),
  /** supplement: which items are handed in now; absent: all that are owed. */
  supplied: Type.Optional(Type.Array(Type.Object({ id: Type.String({ maxLength: 64 }), note: Words(2000) }), { minItems: 1, maxItems: 50 })),
  /** supplement */ purpose: Type.Optional(Words(2000)), use: Type.Optional(Words(500)),
  /** revoke; absent: `other`. */ ground: Type.Optional(Type.Enum(REVOCATION_GROUNDS, { description: 'misuse counts as a violation of the consumer' })),
  /** evaluate: the three scores, or `score` for all three. */
  scores: Type.Optional(ScoresSchema), score: Type.Optional(Score),
})
