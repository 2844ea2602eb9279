import type { Actor, Load, LoadState } from '@datong/contracts'
import type { FieldSchema } from '@datong/data-engine'
import type { ColumnType, GeneratedAlways } from 'kysely'
import type { VersionLineage } from './versions/lineage.ts'

/** What was found about the file; how it is read again is not kept, for reading again detects again. */
export type DetectionFacts = NonNullable<Load['detection']>
export type LoadFailure = NonNullable<Load['error']>
/** The part of a load that is under way; an outcome ends it. */
export type LoadPhase = Exclude<LoadState, 'done' | 'failed'>

/** Written beside the Parquet files as canonical JSON; its SHA-256 is the version's content hash. */
export interface Manifest {
  readonly format: 'datong-version/1'
  readonly entryCode: string
  readonly loadId: string
  readonly source: { readonly fileName: string; readonly bytes: number; readonly sha256: string }
  readonly fields: readonly FieldSchema[]
  /** Paths relative to the version's folder. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string; readonly rows: number }[]
  readonly rowCount: number
  readonly rowsRejected: number
}

export interface LoadTable {
  id: string
  entry_code: string
  entry_title: string
  organisation: string
  file_name: string
  bytes: number
  sha256: string
  /** null while the load is under way. */
  outcome: 'done' | 'failed' | null
  phase: LoadPhase
  progress: number
  rows_read: number
  rows_stored: number
  rows_rejected: number
  detection: ColumnType<DetectionFacts | null, string | null, string | null>
  version: number | null
  created_at: Date
  finished_at: Date | null
  started_by: ColumnType<Actor, string, never>
  error: ColumnType<LoadFailure | null, string | null, string | null>
}

export interface RejectTable {
  load_id: string
  ordinal: number
  line: number
  field: string | null
  reason: string
  detail: string
  excerpt: string
}

export interface VersionTable {
  entry_code: string
  number: number
  /** `<entry code>/v<number>`: what evidence calls the version. */
  subject: GeneratedAlways<string>
  load_id: string
  /** Folder in the lake, relative to it. */
  folder: string
  manifest: ColumnType<Manifest, string, never>
  content_hash: string
  row_count: number
  rows_rejected: number
  bytes: number
  source: string
  created_at: Date
  created_by: string
  /** null on versions from before lineage was kept. */
  lineage: ColumnType<VersionLineage | null, string | null, never>
}

export interface CurrentVersionTable {
  entry_code: string
  number: number
  subject: GeneratedAlways<string>
  since: Date
}

export interface CollectionTables {
  'collection.load': LoadTable
  'collection.reject': RejectTable
  'collection.version': VersionTable
  'collection.current_version': CurrentVersionTable
}
