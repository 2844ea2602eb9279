import type { Actor, DemandState, LEGAL_GROUNDS, NEGATIVE_AGAINST } from '@datong/contracts'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

export interface ResponsibilityTable {
  id: string
  organisation: string
  item: string
  legal_basis: string
  data_named: string
  entry_code: string | null
  /** Whether its entry is published; follows the entry. */
  published: boolean
  due_on: string | null
  revision: number
  changed_at: Date
  changed_by: JSONColumnType<Actor>
}

export interface NegativeTable {
  id: string
  organisation: string
  entry_code: string
  fields: string[]
  against: (typeof NEGATIVE_AGAINST)[number]
  ground: (typeof LEGAL_GROUNDS)[number] | null
  legal_basis: string
  state: 'in-force' | 'lifted'
  reviewed_at: Date
  review_due_at: Date | null
  made_at: Date
}

export interface DemandTable {
  id: string
  number: string
  title: string
  description: string
  audience: 'public' | 'departments'
  filed_by: string
  from_organisation: string | null
  state: DemandState
  organisation: string | null
  answer: string
  legal_basis: string
  entry_code: string | null
  merged_into: string | null
  filed_at: Date
  changed_at: Date
}

export interface ListsTables {
  'lists.responsibility': ResponsibilityTable
  'lists.negative_item': NegativeTable
  'lists.demand': DemandTable
  'lists.support': { demand_id: string; account_id: string; at: Date }
  'lists.demand_event': {
    id: Generated<number>
    demand_id: string
    at: Date
    actor: ColumnType<Actor, string, never>
    action: string
    reason: string
    receipt_id: string
  }
}
