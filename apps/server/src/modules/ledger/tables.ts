import type { LedgerKind, LedgerState } from '@datong/contracts'
import type { ColumnType, Generated, Selectable } from 'kysely'

export interface LedgerTables {
  'ledger.item': {
    id: string
    kind: LedgerKind
    name: string
    description: string
    organisation: string
    operator: string
    part_of: string | null
    protection_level: number | null
    since: ColumnType<string | null>
    /** Yuan; read as text, so that no cent is lost on the way. */
    yearly_cost: ColumnType<string | null, number | null, number | null>
    capacity: number | null
    used: number | null
    unit: string
    state: LedgerState
    revision: Generated<number>
    changed_at: Date
    changed_by: string
  }
  'ledger.item_entry': { item_id: string; entry_code: string }
}

export type ItemRow = Selectable<LedgerTables['ledger.item']>
