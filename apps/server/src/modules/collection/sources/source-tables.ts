import type { DriftPolicy, SourceFromView, SourceMode, SourceState } from '@datong/contracts'
import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Watermark } from '../connectors/connector.ts'

/** Why the next load reads everything though the source is incremental. */
export type FullDue = 'first' | 'asked' | 'other-version' | 'moved'

export interface SourceTable {
  id: string
  name: string
  /** Key of `CONNECTORS`. */
  kind: string
  organisation: string
  settings: ColumnType<Readonly<Record<string, unknown>>, string, string>
  /** JSON of the secrets, sealed for `source <id>`. */
  secrets: Buffer
  secret_names: string[]
  read_from: ColumnType<SourceFromView, string, string>
  mode: SourceMode
  mark_column: string | null
  key_columns: string[]
  drift: DriftPolicy
  schedule: string | null
  entry_code: string | null
  entry_title: string
  state: Generated<SourceState>
  next_run_at: Date | null
  /** Where the next incremental load goes on. */
  watermark: ColumnType<Watermark | null, string | null | undefined, string | null>
  /** Version that the rows up to the watermark are in. */
  base_version: number | null
  full_due: Generated<FullDue | null>
  /** When all of the source was last held against all of the entry. */
  reconciled_at: Date | null
  revision: Generated<number>
  created_at: Date
  created_by: string
}

export interface SourceTables {
  'collection.source': SourceTable
}

export type SourceRow = Selectable<SourceTable>
