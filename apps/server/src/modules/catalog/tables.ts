import type { Actor, EntryLink, EntryState, Fault, Field, Origin, Relation, Spatial, Temporal, Withdrawal } from '@datong/contracts'
import type { Grade } from '@datong/kernel'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Description } from './revisions/description.ts'
import type { ResourceFormat, SharingWay, Visibility } from './entry/entry.ts'

export interface EntryTable {
  code: string
  organisation: string
  title: string
  title_en: string | null
  summary: string
  theme: string
  /** Made by the database from the code. */
  classification: ColumnType<string, never, never>
  resource_format: ResourceFormat
  keywords: string[]
  state: EntryState
  sharing_type: 'unconditional' | 'conditional' | 'not-shared' | null
  sharing_condition: string
  sharing_ways: SharingWay[]
  legal_basis: string
  opening_type: 'open' | 'on-application' | 'closed' | null
  opening_condition: string
  update_cycle: string
  licence: string
  contact: string
  contact_phone: string
  contact_email: string
  spatial: JSONColumnType<Spatial> | null
  temporal: JSONColumnType<Temporal> | null
  relations: JSONColumnType<Relation[]>
  links: JSONColumnType<EntryLink[]>
  origin: JSONColumnType<Origin> | null
  visibility: Visibility
  visible_to: string[]
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
  next_update_due_at: Date | null
  conformity: number | null
  faults: JSONColumnType<Fault[]>
  withdrawal: JSONColumnType<Withdrawal> | null
  search_text: string
}

export interface CatalogTables {
  'catalog.entry': EntryTable
  'catalog.classification': {
    code: string
    parent: string | null
    name: string
    name_en: string
    organisation: string | null
    valid: boolean
  }
  /** Codes that drafts had before their classification was changed. */
  'catalog.former_code': { former: string; code: string }
  'catalog.entry_revision': {
    code: string
    revision: number
    at: Date
    actor: ColumnType<Actor, string, never>
    action: string
    reason: string
    receipt_id: string | null
    changed: string[]
    description: JSONColumnType<Description>
  }
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
