import type { Actor, EntryState, Field } from '@datong/contracts'
import type { Grade } from '@datong/kernel'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

export interface EntryTable {
  code: string
  organisation: string
  title: string
  title_en: string | null
  summary: string
  theme: string
  keywords: string[]
  state: EntryState
  sharing_type: 'unconditional' | 'conditional' | 'not-shared' | null
  sharing_condition: string
  legal_basis: string
  opening_type: 'open' | 'on-application' | 'closed' | null
  update_cycle: string
  licence: string
  contact: string
  grade: Grade
  fields: JSONColumnType<Field[]>
  revision: number
  version: number | null
  row_count: number | null
  stars: number | null
  created_at: Date
  changed_at: Date
  published_at: Date | null
  review_due_at: Date | null
  data_updated_at: Date | null
  search_text: string
}

export interface CatalogTables {
  'catalog.entry': EntryTable
  'catalog.department': { organisation: string; number: Generated<number> }
  'catalog.entry_event': {
    id: Generated<number>
    code: string
    at: Date
    actor: ColumnType<Actor, string, never>
    action: string
    reason: string
    receipt_id: string
  }
}
