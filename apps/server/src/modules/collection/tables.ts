import type { Actor, Load, LoadKind, LoadState } from '@datong/contracts'
import type { FieldSchema } from '@datong/data-engine'
import type { ColumnType, GeneratedAlways } from 'kysely'
import type { Checkpoint } from './loads/checkpoint.ts'
import type { VersionLineage } from './versions/lineage.ts'

/** What was found about the file; how it is read again is not kept, for reading again detects again. */
export type DetectionFacts = NonNullable<Load['detection']>
/** How the columns of a load differ from those of the entry's newest version, and what was made of it. */
export type LoadDrift = NonNullable<Load['drift']>
export type Reconciled = NonNullable<Load['reconciliation']>
export type LoadFailure = NonNullable<Load['error']>
/** The part of a load that is under way; an outcome ends it. */
export type LoadPhase = Exclude<LoadState, 'done' | 'failed' | 'paused' | 'held'>

/** The rows of a load as they came in, all texts, before a recipe went over them. Paths are relative to the version's folder. */
export interface OriginalPart {
  readonly fields: readonly FieldSchema[]
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string; readonly rows: number }[]
  readonly rowCount: number
  /** Whether all rows of the version came of them; of merged rows only those of the last load did. */
  readonly whole: boolean
}

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
  readonly original?: OriginalPart
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
  kind: ColumnType<LoadKind, LoadKind | undefined, never>
  /** What the kind's intake needs, such as `{ sourceId }`. */
  details: ColumnType<Readonly<Record<string, unknown>>, string | undefined, string>
  /** Why a load under way does not go on: a person paused it, or must look at a changed schema. */
  hold: ColumnType<'paused' | 'drift' | null, null | undefined, 'paused' | 'drift' | null>
  drift: ColumnType<LoadDrift | null, null | undefined, string | null>
  rows_per_second: ColumnType<number | null, null | undefined, number | null>
  remaining_seconds: ColumnType<number | null, null | undefined, number | null>
  reconciliation: ColumnType<Reconciled | null, null | undefined, string | null>
}

/** How far a load came that can go on there in another process. */
export interface CheckpointTable {
  load_id: string
  mark: ColumnType<Checkpoint, string, string>
  noted_at: Date
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
  'collection.load_checkpoint': CheckpointTable
  'collection.version': VersionTable
  'collection.current_version': CurrentVersionTable
}
