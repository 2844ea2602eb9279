import type { Actor, ApplicationState, RowFilter } from '@datong/contracts'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Static } from 'typebox'

export type Filter = Static<typeof RowFilter>

export interface ApplicationTable {
  id: string
  number: string
  entry_code: string
  entry_title: string
  provider_organisation: string
  consumer_organisation: string | null
  applicant_id: string
  applicant_name: string
  fields: string[]
  filter: JSONColumnType<Filter>
  purpose: string
  purpose_code: Generated<string | null>
  use_text: string
  legal_basis: string
  delivery: 'api' | 'file'
  until: string
  app_id: string | null
  state: ApplicationState
  clock_kind: 'answer-unconditional' | 'answer-conditional'
  clock_working_days: number
  clock_started_at: Date
  clock_paused_at: Date | null
  due_at: Date
  submitted_at: Date
  decided_at: Date | null
  missing_notified: boolean
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
  consumer_organisation: string | null
  applicant_id: string
  app_id: string
  purpose: string
  fields: string[]
  masking: JSONColumnType<Record<string, string>>
  filter: JSONColumnType<Filter>
  quota_per_second: number
  quota_per_day: number
  until: string
  state: 'active' | 'suspended' | 'revoked'
  created_at: Date
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
}
