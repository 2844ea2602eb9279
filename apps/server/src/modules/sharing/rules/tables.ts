import type { Actor, RuleCondition, RuleEffect, RuleState, RulingView, WeighedCondition } from '@datong/contracts'
import type { JSONColumnType } from 'kysely'
import type { Facts } from './facts.ts'

export interface RuleTable {
  id: string
  scope_organisation: string | null
  state: RuleState
  version: number
  active_version: number | null
  revision: number
}

export interface RuleVersionTable {
  rule_id: string
  version: number
  name: string
  priority: number
  effect: RuleEffect
  reason: string
  legal_basis: string
  note: string
  conditions: JSONColumnType<RuleCondition[]>
  changed_at: Date
  changed_by: JSONColumnType<Actor>
}

export interface RulingTable {
  application_id: string
  at: Date
  effect: RuleEffect
  ground: RulingView['ground']
  rule_id: string | null
  rule_version: number | null
  rule_name: string | null
  reason: string
  legal_basis: string
  conditions: JSONColumnType<WeighedCondition[]>
  /** What was known then; an attribute that came later is missing. */
  facts: JSONColumnType<Partial<Facts>>
}

export interface RuleTables {
  'sharing.rule': RuleTable
  'sharing.rule_version': RuleVersionTable
  'sharing.ruling': RulingTable
  'sharing.duty_list': {
    organisation: string
    purposes: string[]
    words: string[]
    revision: number
    changed_at: Date
    changed_by: JSONColumnType<Actor>
  }
}
