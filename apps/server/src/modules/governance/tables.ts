import type { CreditComponent } from '@datong/contracts'
import type { ColumnType, JSONColumnType } from 'kysely'

export interface CreditTable {
  day: string
  organisation: string
  /** PostgreSQL's numeric comes as text. */
  score: ColumnType<string, number, number>
  components: JSONColumnType<CreditComponent[]>
  violations: number
}

export interface SleepingTable {
  kind: 'entry' | 'grant'
  id: string
  number: string
  entry_code: string
  title: string
  provider: string
  consumer: string | null
  since: Date
  last_used_at: Date | null
  /** When it was last used, or since when it could have been. */
  awake_until: Date
}

export interface GovernanceTables {
  'governance.credit': CreditTable
  'governance.sleeping': SleepingTable
}
