import { Type, type Static } from 'typebox'
import { ActorSchema, EntryCode, FieldTypeSchema, Id, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, Revision, Words } from './common.ts'
import { operation } from './operation.ts'
import { DIMENSIONS } from './quality.ts'

export const SEVERITIES = ['minor', 'major', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]
export const QUALITY_RULE_STATES = ['active', 'paused', 'retired'] as const
export type QualityRuleState = (typeof QUALITY_RULE_STATES)[number]
export const QUALITY_RULE_ACTIONS = ['pause', 'resume', 'retire'] as const
export type QualityRuleAction = (typeof QUALITY_RULE_ACTIONS)[number]
export const VERDICTS = ['passed', 'failed', 'unmeasured'] as const

/** What a parameter may hold; which of these, its kind of rule says. */
const ParameterValue = Type.Union([Words(1000, 0), Type.Number(), Type.Boolean(), Type.Null(), Type.Array(Words(1000, 0), { maxItems: 5000 })])
const RuleParametersSchema = Type.Record(Type.String({ maxLength: 60 }), ParameterValue)
export type RuleParameters = Static<typeof RuleParametersSchema>
const Params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()]))

export const RULE_PARAMETER_KINDS = ['number', 'integer', 'text', 'pattern', 'date', 'bound', 'boolean', 'choice', 'field', 'fields', 'texts', 'entry', 'code-list', 'element'] as const

/** One of the parameters that a kind of rule asks for; forms are made of it. */
const RuleParameterSchema = Type.Object({
  name: Type.String(),
  kind: Type.Enum(RULE_PARAMETER_KINDS),
  required: Type.Boolean(),
  default: ParameterValue,
  options: Type.Array(Type.Object({ value: Type.String(), titleZh: Type.String(), titleEn: Type.String() }), { description: 'of a choice' }),
  minimum: Nullable(Type.Number()),
  maximum: Nullable(Type.Number()),
  of: Nullable(Type.String(), 'fields of the entry that this other parameter names'),
  titleZh: Type.String(),
  titleEn: Type.String(),
})
export type RuleParameter = Static<typeof RuleParameterSchema>

export const RuleKindSchema = Type.Object({
  kind: Type.String(),
  dimension: Type.Enum(DIMENSIONS),
  titleZh: Type.String(),
  titleEn: Type.String(),
  aboutZh: Type.String(),
  aboutEn: Type.String(),
  source: Type.String({ description: 'the standard and its clause' }),
  scope: Type.Enum(['field', 'table', 'either']),
  fieldTypes: Type.Array(FieldTypeSchema, { description: 'types of fields that it can be put on; empty: all' }),
  severity: Type.Enum(SEVERITIES),
  toleranceShare: Type.Number(),
  weight: Type.Number({ description: 'among the rules of its dimension, before severity' }),
  parameters: Type.Array(RuleParameterSchema),
})
export type RuleKind = Static<typeof RuleKindSchema>

/** Of what the name of a rule is made that nobody named: each language has its own. */
export const NamingSchema = Nullable(Type.Object({ kind: Type.String(), field: Nullable(Type.String()) }), 'what the title is made of, for each language to say; null: a person wrote it')
export type Naming = Static<typeof NamingSchema>

/** What a person decides of a rule; each change of it is a version. */
const ruleContent = {
  field: Nullable(Words(200), 'null for rules of the whole table'),
  parameters: RuleParametersSchema,
  severity: Type.Enum(SEVERITIES),
  toleranceShare: Type.Number({ minimum: 0, maximum: 1, description: 'share of what is checked that may fail' }),
  note: Type.Optional(Words(1000, 0)),
}

export const RuleOutcomeSchema = Type.Object({
  version: Type.Integer({ description: 'of the data' }),
  ruleVersion: Type.Integer(),
  verdict: Type.Enum(VERDICTS, { description: 'unmeasured: it had nothing to say of this version; `reason` says why' }),
  checked: Type.Integer(),
  failed: Type.Integer(),
  doubtful: Type.Integer(),
  score: Nullable(Type.Number({ minimum: 0, maximum: 1 })),
  reason: Nullable(Type.String()),
  params: Params,
  kept: Type.Integer({ description: 'failing rows that were kept to look at' }),
  checkedAt: Instant,
})
export type RuleOutcomeView = Static<typeof RuleOutcomeSchema>

const rule = {
  id: Id,
  entryCode: EntryCode,
  entryTitle: Type.String(),
  organisation: OrganisationRef,
  kind: Type.String(),
  dimension: Type.Enum(DIMENSIONS),
  title: Type.String(),
  naming: NamingSchema,
  field: Nullable(Type.String()),
  parameters: RuleParametersSchema,
  severity: Type.Enum(SEVERITIES),
  toleranceShare: Type.Number(),
  weight: Type.Number({ description: 'among the rules of its dimension: of its kind, times that of its severity' }),
  note: Type.String(),
  origin: Type.Enum(['suggested', 'written']),
  state: Type.Enum(QUALITY_RULE_STATES),
  version: Type.Integer(),
  changedAt: Instant,
  changedBy: ActorSchema,
  revision: Revision,
  outcome: Nullable(RuleOutcomeSchema, 'of the newest version that was checked'),
  turned: Nullable(Type.Object({ by: ActorSchema, reason: Type.String(), at: Instant }), 'who let it rest, go on or end last, and why'),
  allowedActions: Type.Array(Type.Enum(['change', ...QUALITY_RULE_ACTIONS])),
}
export const QualityRuleSchema = Type.Object(rule)
export type QualityRule = Static<typeof QualityRuleSchema>

const RuleVersionView = Type.Object({
  version: Type.Integer(), title: Type.String(), ...ruleContent, note: Type.String(), changedAt: Instant, changedBy: ActorSchema,
  changes: Type.Array(Type.Object({ pointer: Type.String(), before: Nullable(Type.String()), after: Nullable(Type.String()) }), { description: 'against the version before; values as JSON' }),
})
export type QualityRuleVersion = Static<typeof RuleVersionView>
const RuleWithHistory = Type.Object({
  ...rule,
  versions: Type.Array(RuleVersionView, { description: 'newest first' }),
  outcomes: Type.Array(RuleOutcomeSchema, { description: 'by version of the data, newest first, at most 50' }),
})

export const RuleSuggestionSchema = Type.Object({
  key: Type.String({ description: 'the same as long as the same is suggested' }),
  kind: Type.String(),
  dimension: Type.Enum(DIMENSIONS),
  title: Type.String(),
  field: Nullable(Type.String()),
  parameters: RuleParametersSchema,
  severity: Type.Enum(SEVERITIES),
  toleranceShare: Type.Number(),
  baseline: Type.Boolean({ description: 'every version is checked for it anyhow; as a rule it has a severity, keeps failing rows and may hold back' }),
  reason: Type.String({ description: 'key of a sentence' }),
  because: Type.Array(Type.String(), { description: 'what fills it' }),
})
export type RuleSuggestion = Static<typeof RuleSuggestionSchema>

export const GATES = ['never', 'critical', 'any'] as const
const GateSchema = Type.Object({
  holds: Type.Enum(GATES, { description: 'which failing rules hold a new version back' }),
  leastStars: Nullable(Type.Integer({ minimum: 1, maximum: 5 }), 'a version with fewer is held back'),
  revision: Revision,
})
export type QualityGate = Static<typeof GateSchema>

const HoldReason = Type.Object({ ruleId: Nullable(Id), title: Type.String(), naming: NamingSchema, failed: Type.Integer(), checked: Type.Integer() })
export const HeldVersionSchema = Type.Object({
  entryCode: EntryCode,
  entryTitle: Type.String(),
  organisation: OrganisationRef,
  version: Type.Integer(),
  state: Type.Enum(['held', 'released']),
  reasons: Type.Array(HoldReason),
  stars: Nullable(Type.Integer()),
  heldAt: Instant,
  releasedAt: Nullable(Instant),
  releasedBy: Nullable(ActorSchema),
  reason: Nullable(Type.String({ description: 'why it was released' })),
  allowedActions: Type.Array(Type.Enum(['release'])),
})
export type HeldVersion = Static<typeof HeldVersionSchema>

const DimensionScores = Type.Array(Type.Object({ dimension: Type.Enum(DIMENSIONS), score: Nullable(Type.Number()), weight: Type.Number({ description: 'in the overall score' }) }))

/** A score with what it is made of. */
const ScorePiece = Type.Object({
  ruleId: Nullable(Id, 'null: checked by the platform itself'),
  kind: Type.String(),
  title: Nullable(Type.String()),
  naming: NamingSchema,
  field: Nullable(Type.String()),
  dimension: Type.Enum(DIMENSIONS),
  score: Type.Number(),
  weight: Type.Number({ description: 'among the rules of its dimension' }),
  checked: Type.Integer(),
  failed: Type.Integer(),
  doubtful: Type.Integer({ description: 'of what was checked; each counts half' }),
})
export const EntryScoreSchema = Type.Object({
  version: Type.Integer(),
  checkedAt: Instant,
  overall: Type.Number(),
  stars: Type.Integer(),
  dimensions: DimensionScores,
  fields: Type.Array(Type.Object({ field: Nullable(Type.String(), 'null: rules on the whole table'), score: Type.Number(), weight: Type.Number(), dimensions: DimensionScores, pieces: Type.Array(ScorePiece) })),
})
export type EntryScore = Static<typeof EntryScoreSchema>

const standing = {
  entries: Type.Integer({ description: 'published, with figures; each weighs the same' }),
  overall: Nullable(Type.Number()),
  stars: Nullable(Type.Integer()),
  dimensions: DimensionScores,
  rules: Type.Integer(),
  failing: Type.Integer({ description: 'rules that fail' }),
  critical: Type.Integer({ description: 'of them critical' }),
  held: Type.Integer({ description: 'versions held back' }),
}
export const QualityOverviewSchema = Type.Object({
  city: Type.Object(standing),
  departments: Type.Array(Type.Object({ organisation: OrganisationRef, weight: Type.Number({ description: 'share in the city score' }), ...standing }), { description: 'best first' }),
  worst: Type.Array(Type.Object({ entryCode: EntryCode, title: Type.String(), organisation: OrganisationRef, overall: Type.Number(), stars: Type.Integer(), failing: Type.Integer() }), { description: 'entries with the least score' }),
  severityWeights: Type.Array(Type.Object({ severity: Type.Enum(SEVERITIES), weight: Type.Number() })),
  starThresholds: Type.Array(Type.Object({ stars: Type.Integer(), least: Type.Number() })),
})
export type QualityOverview = Static<typeof QualityOverviewSchema>

const FailingRowsSchema = Type.Object({
  version: Nullable(Type.Integer()),
  failed: Type.Integer(),
  fields: Type.Array(Type.Object({ name: Type.String(), concerned: Type.Boolean({ description: 'the rule looks at it' }), hidden: Type.Boolean({ description: 'not for this reader' }) })),
  rows: Type.Array(Type.Object({ row: Type.Integer({ description: 'place in the version, from 0' }), values: Type.Array(Nullable(Type.String())) })),
})
export type FailingRows = Static<typeof FailingRowsSchema>

const tag = 'quality'
const Insiders = { provider: 'own', consumer: 'own', steward: 'all', security: 'all', auditor: 'all', leader: 'all' } as const
const Keepers = { provider: 'own', steward: 'all' } as const
const Overseers = { provider: 'own', steward: 'all', auditor: 'all', leader: 'all' } as const
const CodeParams = Type.Object({ code: EntryCode })
const IdParams = Type.Object({ id: Id })
const Title = Nullable(Words(200), 'null: named by its kind and field, in each language')
const Draft = Type.Object({ kind: Words(60), title: Title, ...ruleContent })
export type QualityRuleDraft = Static<typeof Draft>

export const qualityRuleOperations = {
  listRuleKinds: operation({
    id: 'listRuleKinds', method: 'GET', path: '/api/v1/quality/rule-kinds', tag, access: 'anyone',
    summary: 'The kinds of rules that there are, with their parameters', response: Type.Object({ items: Type.Array(RuleKindSchema) }),
  }),
  qualityOverview: operation({
    id: 'qualityOverview', method: 'GET', path: '/api/v1/quality/overview', tag, access: Insiders,
    summary: 'How good the data of the city and of each department are, with the weights', response: QualityOverviewSchema,
  }),
  listQualityRules: operation({
    id: 'listQualityRules', method: 'GET', path: '/api/v1/quality/rules', tag, access: Overseers,
    summary: 'Rules of all entries within reach: those that fail first',
    query: Type.Object({
      ...PageQuery, organisation: Type.Optional(OrganisationCode), entryCode: Type.Optional(EntryCode), dimension: Type.Optional(Type.Enum(DIMENSIONS)),
      severity: Type.Optional(Type.Enum(SEVERITIES)), verdict: Type.Optional(Type.Enum(VERDICTS)), state: Type.Optional(Type.Enum(QUALITY_RULE_STATES)),
    }),
    response: Page(QualityRuleSchema),
  }),
  listEntryRules: operation({
    id: 'listEntryRules', method: 'GET', path: '/api/v1/quality/entries/{code}/rules', tag, access: Insiders,
    summary: 'Rules of an entry with what they found, and its gate', params: CodeParams,
    response: Type.Object({
      items: Type.Array(QualityRuleSchema), gate: GateSchema, held: Type.Array(HeldVersionSchema),
      checkedVersion: Nullable(Type.Integer()), checking: Type.Boolean({ description: 'a check waits or runs' }), mayWrite: Type.Boolean(),
    }),
  }),
  getEntryScore: operation({
    id: 'getEntryScore', method: 'GET', path: '/api/v1/quality/entries/{code}/score', tag, access: Insiders,
    summary: 'How the score of an entry comes about: rule, field, dimension, whole', params: CodeParams,
    query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) }), response: EntryScoreSchema,
  }),
  suggestRules: operation({
    id: 'suggestRules', method: 'GET', path: '/api/v1/quality/entries/{code}/suggestions', tag, access: Keepers,
    summary: 'Rules that profile, data elements and history suggest, and that nobody took or turned down', params: CodeParams,
    response: Type.Object({ items: Type.Array(RuleSuggestionSchema), version: Nullable(Type.Integer()) }),
  }),
  decideSuggestions: operation({
    id: 'decideSuggestions', method: 'POST', path: '/api/v1/quality/entries/{code}/suggestions/{decision}', tag, access: Keepers,
    summary: 'Take suggested rules, or turn them down', params: Type.Object({ code: EntryCode, decision: Type.Enum(['accept', 'dismiss']) }),
    body: Type.Object({ keys: Type.Array(Words(80), { minItems: 1, maxItems: 500, uniqueItems: true }) }),
    response: Type.Object({ decided: Type.Integer() }),
  }),
  createQualityRule: operation({
    id: 'createQualityRule', method: 'POST', path: '/api/v1/quality/entries/{code}/rules', tag, access: Keepers, status: 201,
    summary: 'Write a rule for an entry', params: CodeParams, body: Draft, response: RuleWithHistory,
  }),
  tryQualityRule: operation({
    id: 'tryQualityRule', method: 'POST', path: '/api/v1/quality/entries/{code}/rules/try', tag, access: Keepers,
    summary: 'What a rule would find in the current version; nothing is kept', params: CodeParams, body: Draft, response: RuleOutcomeSchema,
  }),
  checkEntry: operation({
    id: 'checkEntry', method: 'POST', path: '/api/v1/quality/entries/{code}/checks', tag, access: Keepers, status: 202,
    summary: 'Hold the current version against the rules again', params: CodeParams, body: Type.Object({}), response: Type.Object({ version: Type.Integer() }),
  }),
  getQualityRule: operation({
    id: 'getQualityRule', method: 'GET', path: '/api/v1/quality/rules/{id}', tag, access: Insiders,
    summary: 'One rule with its versions and what it found in each version of the data', params: IdParams, response: RuleWithHistory,
  }),
  changeQualityRule: operation({
    id: 'changeQualityRule', method: 'PUT', path: '/api/v1/quality/rules/{id}', tag, access: Keepers,
    summary: 'Write a new version of a rule', params: IdParams, body: Type.Object({ title: Title, ...ruleContent, revision: Revision }), response: RuleWithHistory,
  }),
  actOnQualityRule: operation({
    id: 'actOnQualityRule', method: 'POST', path: '/api/v1/quality/rules/{id}/actions/{action}', tag, access: Keepers,
    summary: 'Let a rule rest, go on, or end', params: Type.Object({ id: Id, action: Type.Enum(QUALITY_RULE_ACTIONS) }),
    body: Type.Object({ reason: Words(500), revision: Revision }), response: RuleWithHistory,
  }),
  listFailingRows: operation({
    id: 'listFailingRows', method: 'GET', path: '/api/v1/quality/rules/{id}/failing-rows', tag, access: Overseers,
    summary: 'Rows that fail a rule, as far as they were kept: whole to the own department, public fields to others', params: IdParams,
    query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) }), response: FailingRowsSchema,
  }),
  setQualityGate: operation({
    id: 'setQualityGate', method: 'PUT', path: '/api/v1/quality/entries/{code}/gate', tag, access: Keepers,
    summary: 'Set what holds a new version of an entry back', params: CodeParams,
    body: Type.Object({ holds: Type.Enum(GATES), leastStars: Nullable(Type.Integer({ minimum: 1, maximum: 5 })), reason: Words(500), revision: Revision }), response: GateSchema,
  }),
  listHeldVersions: operation({
    id: 'listHeldVersions', method: 'GET', path: '/api/v1/quality/held', tag, access: Overseers,
    summary: 'Versions that are held back from consumers, the newest first', response: Type.Object({ items: Type.Array(HeldVersionSchema) }),
  }),
  releaseVersion: operation({
    id: 'releaseVersion', method: 'POST', path: '/api/v1/quality/entries/{code}/versions/{number}/release', tag, access: Keepers,
    summary: 'Let a version that is held back through to consumers', params: Type.Object({ code: EntryCode, number: Type.Integer({ minimum: 1 }) }),
    body: Type.Object({ reason: Words(500) }), response: HeldVersionSchema,
  }),
} as const
