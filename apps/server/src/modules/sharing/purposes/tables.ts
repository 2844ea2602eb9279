import type { PurposeState } from '@datong/contracts'
import type { Generated } from 'kysely'

export interface PurposeTable {
  code: string
  name: string
  name_en: string
  legal_basis: string
  description: string
  words: string[]
  state: PurposeState
  position: Generated<number>
  revision: number
  changed_at: Date
}

export interface PurposeTables {
  'sharing.purpose': PurposeTable
  'sharing.purpose_need': {
    purpose_code: string
    /** Empty: of whatever entry. */
    entry_code: string
    field: string
    need: 'needed' | 'unusual'
    reason: string
  }
}
