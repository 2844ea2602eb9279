import type { Actor, ApplicationState, DeliveryForm, Evaluation, Gives, QuotaSchema, RevocationGround, RowFilter, RuleRef, SharingSettingKey, VersionRule } from '@datong/contracts'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Static } from 'typebox'
import type { ClockKind } from './clocks/clock.ts'

export type Filter = Static<typeof RowFilter>
export type Quota = Static<typeof QuotaSchema>
export type Scores = Evaluation['scores']

/** One thing that the applicant owed or owes. */
export interface MaterialItem {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly askedAt: string
  readonly suppliedAt: string | null
}

/** What the bureau was asked after a refusal, and what it said. */
export interface Mediation {
  readonly requestedAt: string
  readonly reason: string
  readonly outcome: 'upheld' | 'ordered' | null
  readonly decidedAt: string | null
}

/** JSON or nothing. */
type NullableJson<T> = ColumnType<T | null, string | null, string | null>
/** A column that the database fills when an insert leaves it out. */
type Filled<T> = ColumnType<T, T | undefined, T>

export interface ApplicationTable {
  id: string
  number: string
  entry_code: string
  entry_title: string
  provider_organisation: string
  /** Departments beside the provider that own asked fields. */
  co_owners: Filled<string[]>
  consumer_organisation: string | null
  applicant_id: string
  applicant_name: string
  fields: string[]
  /** Coarser forms that were asked for, by field. */
  masking: ColumnType<Readonly<Record<string, string>>, string | undefined, never>
  filter: JSONColumnType<Filter>
  version_rule: ColumnType<VersionRule, string | undefined, never>
  purpose: string
  purpose_code: Filled<string | null>
  use_text: string
  legal_basis: string
  delivery: DeliveryForm
  until: string
  quota: NullableJson<Quota>
  app_id: string | null
  link_kind: Filled<'renewal' | 'change' | null>
  link_grant_id: Filled<string | null>
  commitment: 'explicit' | 'by-applying'
  state: ApplicationState
  clock_kind: 'answer-unconditional' | 'answer-conditional'
  /** End of the answer's clock, repeated here for sorting. */
  due_at: Date
  submitted_at: Date
  decided_at: Date | null
  decided_by: Filled<'rule' | 'department' | 'bureau' | null>
  decision_reason: Filled<string>
  decision_legal_basis: Filled<string>
  rule: NullableJson<RuleRef>
  missing_notified: boolean
  material: ColumnType<MaterialItem[], string | undefined, string>
  escalated_at: Filled<Date | null>
  /** Since when the bureau knows that the delivery is late. */
  delivery_escalated_at: Filled<Date | null>
  urged_at: Filled<Date | null>
  mediation: NullableJson<Mediation>
  evaluation_score: number | null
  grant_id: string | null
  revision: number
}

export interface GrantTable {
  id: string
  number: string
  application_id: string
  entry_code: string
  entry_title: string
  provider_organisation: string
  co_owners: Filled<string[]>
  consumer_organisation: string | null
  applicant_id: string
  app_id: string
  purpose: string
  fields: string[]
  masking: JSONColumnType<Record<string, string>>
  filter: JSONColumnType<Filter>
  version_rule: ColumnType<VersionRule, string | undefined, never>
  /** Rows give everything; of the others no row leaves. */
  gives: Filled<Gives>
  quota_per_second: number
  quota_per_day: number
  quota_total: Filled<number | null>
  until: string
  state: 'active' | 'suspended' | 'revoked' | 'expired' | 'replaced'
  /** Set when it was revoked, since grounds are said. */
  revoked_for: Filled<RevocationGround | null>
  replaced_by: Filled<string | null>
  /** When it stopped for good before or at its last day. */
  ended_at: Filled<Date | null>
  evaluated_at: Filled<Date | null>
  created_at: Date
}

export interface ClockTable {
  application_id: string
  kind: ClockKind
  working_days: number
  extended_by: number
  started_at: Date
  paused_at: Date | null
  due_at: Date
  counts_from: Date
  counts_days: number
  stopped_at: Date | null
  source: string
}

export interface OpinionTable {
  application_id: string
  organisation: string
  fields: string[]
  state: 'asked' | 'consented' | 'refused'
  consented: Filled<string[]>
  masking: ColumnType<Record<string, string>, string | undefined, string>
  quota: NullableJson<Quota>
  until: Filled<string | null>
  reason: Filled<string>
  legal_basis: Filled<string>
  decided_at: Filled<Date | null>
  decided_by: NullableJson<Actor>
}

export interface EvaluationTable {
  id: string
  application_id: string
  grant_id: string
  at: Date
  actor: ColumnType<Actor, string, never>
  quality: number
  timeliness: number
  effect: number
  comment: string
}

export interface SettingTable {
  key: SharingSettingKey
  value: number
  source: string
  to_be_confirmed: boolean
  changed_at: Date
  changed_by: ColumnType<Actor, string, string>
}

export interface SharingTables {
  'sharing.application': ApplicationTable
  'sharing.application_event': {
    id: Generated<number>
    application_id: string
    at: Date
    actor: ColumnType<Actor, string, never>
    action: string
    reason: string
    receipt_id: string
  }
  'sharing.grant': GrantTable
  'sharing.clock': ClockTable
  'sharing.opinion': OpinionTable
  'sharing.evaluation': EvaluationTable
  'sharing.setting': SettingTable
}
