import { Type, type Static } from 'typebox'
import { ActorSchema, Id, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, Revision, Words } from './common.ts'
import { operation } from './operation.ts'

/** What an attribute holds: a grade in its order, a whole number, one code, several codes or words, or yes and no. */
export type RuleAttributeType = 'grade' | 'number' | 'code' | 'words' | 'flag'

/**
 * Everything that a decision rule may ask for, one line an attribute: its type, where Cedar finds it, and its name in both
 * languages. The form, the Cedar schema, the request and the documentation follow from here.
 */
export const RULE_ATTRIBUTES = {
  grade: { type: 'grade', path: 'context.grade', zh: '所申请信息项的最高分级', en: 'Highest grade among the fields asked' },
  sharingType: { type: 'code', path: 'resource.sharingType', zh: '对申请方的共享（开放）属性', en: 'Sharing (or opening) type toward the requester' },
  entry: { type: 'code', path: 'resource.code', zh: '目录条目', en: 'Entry' },
  provider: { type: 'code', path: 'resource.organisation', zh: '提供部门', en: 'Provider department' },
  theme: { type: 'code', path: 'resource.theme', zh: '主题', en: 'Theme' },
  requester: { type: 'code', path: 'principal.kind', zh: '申请方类别', en: 'Kind of requester' },
  organisation: { type: 'code', path: 'principal.code', zh: '申请部门', en: 'Requesting department' },
  duties: { type: 'words', path: 'principal.duties', zh: '申请部门的职责清单', en: 'Duty list of the requesting department' },
  credit: { type: 'number', path: 'principal.credit', zh: '申请部门的数据信用分', en: 'Credit score of the requesting department' },
  fastLane: { type: 'flag', path: 'principal.fastLane', zh: '快速通道', en: 'Fast lane' },
  purpose: { type: 'code', path: 'context.purpose', zh: '用途', en: 'Purpose' },
  purposeInDuty: { type: 'flag', path: 'context.purposeInDuty', zh: '用途在职责清单内', en: 'Purpose is within the duty list' },
  fieldsAsked: { type: 'number', path: 'context.fieldsAsked', zh: '所申请信息项数', en: 'Fields asked' },
  fieldsOfOthers: { type: 'number', path: 'context.fieldsOfOthers', zh: '属于其他部门的所申请信息项数', en: 'Fields asked that belong to other departments' },
  fieldsBeyondNeed: { type: 'number', path: 'context.fieldsBeyondNeed', zh: '超出用途所需的信息项数', en: 'Fields beyond what the purpose needs' },
  needKnown: { type: 'flag', path: 'context.needKnown', zh: '用途所需信息项已知', en: 'What the purpose needs is known' },
  approvedBefore: { type: 'number', path: 'context.approvedBefore', zh: '该部门此前获批的同条目申请数（所获不少于本次）', en: 'Earlier approved applications for the entry that gave as much as this one asks' },
  refusedBefore: { type: 'number', path: 'context.refusedBefore', zh: '该部门此前被拒的同条目申请数', en: 'Earlier refused applications for the entry' },
  violations: { type: 'number', path: 'context.violations', zh: '该部门被撤销的授权数', en: 'Grants of the requester that were revoked' },
  rowFilter: { type: 'flag', path: 'context.rowFilter', zh: '限定了数据行', en: 'Rows are restricted' },
  delivery: { type: 'code', path: 'context.delivery', zh: '交付方式', en: 'Form of delivery' },
  daysAsked: { type: 'number', path: 'context.daysAsked', zh: '申请使用天数', en: 'Days asked' },
} as const satisfies Record<string, { readonly type: RuleAttributeType; readonly path: `${'principal' | 'resource' | 'context'}.${string}`; readonly zh: string; readonly en: string }>
export type RuleAttributeName = keyof typeof RULE_ATTRIBUTES

export const RULE_OPERATORS = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'not-in', 'has', 'has-not'] as const
export type RuleOperator = (typeof RULE_OPERATORS)[number]

/** The operators that fit each type; `in` and `not-in` take a list, the others one value. */
export const OPERATORS_OF = {
  grade: ['eq', 'ne', 'lte', 'gte'],
  number: ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'],
  code: ['eq', 'ne', 'in', 'not-in'],
  words: ['has', 'has-not'],
  flag: ['eq'],
} as const satisfies Record<RuleAttributeType, readonly RuleOperator[]>

export const RULE_EFFECTS = ['grant', 'refuse', 'route'] as const
export const RULE_STATES = ['draft', 'active', 'retired'] as const
export const RULE_ACTIONS = ['activate', 'retire'] as const
export type RuleEffect = (typeof RULE_EFFECTS)[number]
export type RuleState = (typeof RULE_STATES)[number]
export type RuleAction = (typeof RULE_ACTIONS)[number]

const GivenValue = Type.Union([Words(200), Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 }), Type.Boolean(), Type.Array(Words(200), { minItems: 1, maxItems: 100 })])
const GivenCondition = Type.Object({ attribute: Words(40), operator: Type.Enum(RULE_OPERATORS), value: GivenValue })
const RuleValue = Type.Union([Type.String(), Type.Integer(), Type.Boolean(), Type.Array(Type.String())])
export const RuleConditionSchema = Type.Object({ attribute: Type.String(), operator: Type.Enum(RULE_OPERATORS), value: RuleValue })
export type RuleCondition = Static<typeof RuleConditionSchema>

/** A condition beside what the application really had. */
export const WeighedConditionSchema = Type.Object({
  attribute: Type.String(), operator: Type.Enum(RULE_OPERATORS), value: RuleValue,
  actual: Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String())]),
})
export type WeighedCondition = Static<typeof WeighedConditionSchema>

/** What a writer gives; every change is a version of its own. */
const ruleContent = {
  name: Words(100),
  priority: Type.Integer({ minimum: 1, maximum: 999, description: 'the smaller decides among rules of one effect' }),
  effect: Type.Enum(RULE_EFFECTS),
  reason: Type.Optional(Words(1000, 0)),
  legalBasis: Type.Optional(Words(1000, 0)),
  note: Type.Optional(Words(1000, 0)),
  conditions: Type.Array(GivenCondition, { maxItems: 20 }),
}
const RuleContent = Type.Object(ruleContent)
export type RuleContent = Static<typeof RuleContent>

const RuleChange = Type.Object({ pointer: Type.String(), before: Nullable(Type.String()), after: Nullable(Type.String()) })
export const RuleVersionSchema = Type.Object({
  version: Type.Integer(),
  name: Type.String(),
  priority: Type.Integer(),
  effect: Type.Enum(RULE_EFFECTS),
  reason: Type.String(),
  legalBasis: Type.String(),
  note: Type.String(),
  conditions: Type.Array(RuleConditionSchema),
  cedar: Type.String({ description: 'the Cedar policy that it compiles to' }),
  changedAt: Instant,
  changedBy: ActorSchema,
  changes: Type.Array(RuleChange, { description: 'against the version before; values as JSON' }),
})
export type RuleVersion = Static<typeof RuleVersionSchema>

const rule = {
  id: Id,
  scope: Nullable(OrganisationRef),
  state: Type.Enum(RULE_STATES),
  version: Type.Integer({ description: 'the newest version' }),
  activeVersion: Nullable(Type.Integer({ description: 'the version that decides now' })),
  name: Type.String(),
  priority: Type.Integer(),
  effect: Type.Enum(RULE_EFFECTS),
  reason: Type.String(),
  legalBasis: Type.String(),
  note: Type.String(),
  conditions: Type.Array(RuleConditionSchema),
  cedar: Type.String(),
  changedAt: Instant,
  changedBy: ActorSchema,
  revision: Revision,
  allowedActions: Type.Array(Type.Enum(['change', ...RULE_ACTIONS])),
}
export const RuleSchema = Type.Object(rule)
export type Rule = Static<typeof RuleSchema>
const RuleWithVersions = Type.Object({ ...rule, versions: Type.Array(RuleVersionSchema, { description: 'newest first' }) })

export const RULING_GROUNDS = ['negative-list', 'rule', 'default'] as const

/** What the rules said when the application was filed. */
export const RulingSchema = Type.Object({
  effect: Type.Enum(RULE_EFFECTS),
  ground: Type.Enum(RULING_GROUNDS),
  rule: Nullable(Type.Object({ id: Id, version: Type.Integer(), name: Type.String() })),
  reason: Type.String(),
  legalBasis: Type.String(),
  conditions: Type.Array(WeighedConditionSchema),
  at: Instant,
})
export type RulingView = Static<typeof RulingSchema>

export const REPLAY_OUTCOMES = ['granted', 'refused', 'withdrawn', 'waiting'] as const
const ReplayItem = Type.Object({
  applicationId: Id,
  number: Type.String(),
  entryTitle: Type.String(),
  consumer: OrganisationRef,
  purpose: Type.String(),
  submittedAt: Instant,
  outcome: Type.Enum(REPLAY_OUTCOMES, { description: 'what became of it' }),
  was: Type.Enum(RULE_EFFECTS, { description: 'what the rules of that day said' }),
  without: Type.Enum(RULE_EFFECTS, { description: 'what the rules that are active now say without this one' }),
  wouldBe: Type.Enum(RULE_EFFECTS),
  rule: Nullable(Type.Object({ id: Nullable(Id), name: Type.String() })),
  conditions: Type.Array(WeighedConditionSchema),
  known: Type.Enum(['recorded', 'reconstructed'], { description: 'facts kept when it was filed, or worked out again from the records before that day' }),
})
export type ReplayItem = Static<typeof ReplayItem>

export const DutiesSchema = Type.Object({
  organisation: OrganisationRef,
  purposes: Type.Array(Type.String({ description: 'purpose codes within its duties' })),
  words: Type.Array(Type.String({ description: 'duty words that rules may ask for' })),
  revision: Revision,
  changedAt: Instant,
  changedBy: ActorSchema,
})
export type Duties = Static<typeof DutiesSchema>

const tag = 'sharing'
const Readers = { provider: 'own', steward: 'all', auditor: 'all', leader: 'all' } as const
const Writers = { provider: 'own', steward: 'all' } as const
const Parties = { consumer: 'own', provider: 'own', steward: 'all', security: 'all', auditor: 'all', leader: 'all', developer: 'own' } as const
const IdParams = Type.Object({ id: Id })

export const ruleOperations = {
  describeRuleAttributes: operation({
    id: 'describeRuleAttributes', method: 'GET', path: '/api/v1/sharing/rules/attributes', tag, access: Readers,
    summary: 'What a rule may ask for, with types, operators and choices',
    response: Type.Object({
      items: Type.Array(Type.Object({
        name: Type.String(), type: Type.Enum(['grade', 'number', 'code', 'words', 'flag']), path: Type.String(), title: Type.String(), titleEn: Type.String(),
        operators: Type.Array(Type.Enum(RULE_OPERATORS)),
        options: Type.Array(Type.Object({ value: Type.String(), title: Nullable(Type.String()), titleEn: Nullable(Type.String()) }), { description: 'empty: anything; codes of the platform itself have no title' }),
      })),
    }),
  }),
  listRules: operation({
    id: 'listRules', method: 'GET', path: '/api/v1/sharing/rules', tag, access: Readers, summary: 'Decision rules: a department sees its own and those of the whole city',
    query: Type.Object({ ...PageQuery, state: Type.Optional(Type.Enum(RULE_STATES)), effect: Type.Optional(Type.Enum(RULE_EFFECTS)), scope: Type.Optional(Type.Enum(['city', 'department'])) }),
    response: Page(RuleSchema),
  }),
  getRule: operation({
    id: 'getRule', method: 'GET', path: '/api/v1/sharing/rules/{id}', tag, access: Readers, summary: 'One rule with all its versions and what each changed',
    params: IdParams, response: RuleWithVersions,
  }),
  createRule: operation({
    id: 'createRule', method: 'POST', path: '/api/v1/sharing/rules', tag, access: Writers, status: 201,
    summary: "Draft a rule: for the whole city by the steward, for its own entries by a provider department",
    body: Type.Object({ ...ruleContent, scope: Type.Enum(['city', 'department']) }), response: RuleWithVersions,
  }),
  changeRule: operation({
    id: 'changeRule', method: 'PUT', path: '/api/v1/sharing/rules/{id}', tag, access: Writers,
    summary: 'Write a new version; what decides now goes on deciding until the new one is activated',
    params: IdParams, body: Type.Object({ ...ruleContent, revision: Revision }), response: RuleWithVersions,
  }),
  actOnRule: operation({
    id: 'actOnRule', method: 'POST', path: '/api/v1/sharing/rules/{id}/actions/{action}', tag, access: Writers,
    summary: 'Activate the newest version, or retire the rule', params: Type.Object({ id: Id, action: Type.Enum(RULE_ACTIONS) }),
    body: Type.Object({ reason: Words(500), revision: Revision }), response: RuleWithVersions,
  }),
  replayRule: operation({
    id: 'replayRule', method: 'POST', path: '/api/v1/sharing/rules/replay', tag, access: Writers,
    summary: 'What a rule would have decided on the applications of a period (the last year, at most the 5,000 newest); changes nothing',
    body: Type.Object({
      /** A stored rule in its newest version; with `draft` too, the draft stands in its place. */
      ruleId: Type.Optional(Id), draft: Type.Optional(Type.Object({ ...ruleContent, scope: Type.Enum(['city', 'department']) })),
      from: Type.Optional(Instant), to: Type.Optional(Instant), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
    }),
    response: Type.Object({
      cedar: Type.String(), from: Instant, to: Instant, replayed: Type.Integer(), truncated: Type.Boolean({ description: 'the period has more than 5,000' }),
      changed: Type.Integer({ description: 'otherwise than on that day' }), byThisRule: Type.Integer({ description: 'otherwise than without this rule' }),
      counts: Type.Array(Type.Object({ was: Type.Enum(RULE_EFFECTS), wouldBe: Type.Enum(RULE_EFFECTS), count: Type.Integer() })),
      items: Type.Array(ReplayItem, { description: 'those that this rule changes first, then the others that changed, each newest first' }),
    }),
  }),
  getRuling: operation({
    id: 'getRuling', method: 'GET', path: '/api/v1/sharing/applications/{id}/ruling', tag, access: Parties,
    summary: 'Which rule decided an application, with every condition and the actual value', params: IdParams, response: RulingSchema,
  }),
  listDuties: operation({
    id: 'listDuties', method: 'GET', path: '/api/v1/sharing/duties', tag, access: Readers, summary: 'Duty lists of departments', response: Type.Object({ items: Type.Array(DutiesSchema) }),
  }),
  setDuties: operation({
    id: 'setDuties', method: 'PUT', path: '/api/v1/sharing/duties/{organisation}', tag, access: { steward: 'all' }, summary: 'Set the duty list of a department',
    params: Type.Object({ organisation: OrganisationCode }),
    body: Type.Object({
      purposes: Type.Array(Words(60), { maxItems: 200, uniqueItems: true }), words: Type.Array(Words(60), { maxItems: 200, uniqueItems: true }),
      reason: Words(500), revision: Revision,
    }),
    response: DutiesSchema,
  }),
} as const
