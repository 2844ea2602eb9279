import type { CatalogClockKind, ClockSubject } from '@datong/contracts'

export interface ClockTable {
  id: string
  kind: CatalogClockKind
  subject_type: ClockSubject
  subject_id: string
  title: string
  organisation: string
  waits_for: 'bureau' | 'department'
  note: string
  /** When the platform learnt of it; `started_at` may lie before. */
  begun_at: Date
  working_days: number
  extended_by: number
  started_at: Date
  paused_at: Date | null
  due_at: Date
  counts_from: Date
  counts_days: number
  /** Where the last third begins. */
  soon_at: Date
  stopped_at: Date | null
  source: string
  outcome: 'kept' | 'missed' | 'dropped' | null
  soon_told_at: Date | null
  late_told_at: Date | null
  urged_at: Date | null
}

export interface ClockTables {
  'catalog.clock': ClockTable
}
