import type { Actor } from '@datong/contracts'
import type { Grade } from '@datong/kernel'
import type { ColumnType } from 'kysely'

/** What is done by default with a field of a recognised kind. */
export interface PolicyRule {
  readonly recognizer: string
  readonly grade: Grade
  readonly method: string | null
}

export interface PolicyTable {
  revision: number
  rules: ColumnType<PolicyRule[], string, never>
  reason: string
  changed_at: Date
  changed_by: ColumnType<Actor, string, never>
}

export interface ProtectionTables {
  'protection.policy': PolicyTable
}
