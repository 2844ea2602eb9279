import type { FieldSchema } from './field.ts'
import type { FieldProfile } from './profile.ts'
import type { ReadPlan, RowBatch } from './read-plan.ts'

/** A row that the engine could not take: physical line of the source, the field and value at fault. */
export interface EngineReject {
  readonly line: number
  readonly field: string | null
  readonly reason: string
  readonly detail: string
  readonly excerpt: string
}

/** A normalised CSV taken in as text, waiting for types. */
export interface Staged {
  readonly id: string
  readonly columns: readonly string[]
  readonly rows: number
}

export interface VersionFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly rows: number
}

export interface WrittenVersion {
  readonly files: readonly VersionFile[]
  readonly rowsStored: number
  readonly rowsRejected: number
  /** At most `maxRejects` of them are listed; the count is exact. */
  readonly rejects: readonly EngineReject[]
}

/** Scans, types, profiles and writes versions; implemented by DuckDB, later by Trino. */
export interface DataEngine {
  readonly name: string
  /** Takes in a normalised UTF-8 CSV whose first column is `_line`. */
  stage(csvPath: string, columns: readonly string[]): Promise<Staged>
  inferTypes(staged: Staged): Promise<FieldSchema[]>
  /** Writes the typed version to a folder that does not exist yet; files are durable when it resolves. */
  writeVersion(staged: Staged, schema: readonly FieldSchema[], folder: string, options?: { maxRejects?: number }): Promise<WrittenVersion>
  discard(staged: Staged): Promise<void>
  profile(files: readonly string[], schema: readonly FieldSchema[]): Promise<FieldProfile[]>
  count(files: readonly string[], plan: Pick<ReadPlan, 'filters'>, schema: readonly FieldSchema[]): Promise<number>
  query(files: readonly string[], plan: ReadPlan, schema: readonly FieldSchema[]): AsyncIterable<RowBatch>
  /** Writes a CSV (header line, ISO values, empty for null) as one Parquet file with the schema's types; for downloads. */
  toParquet(csvPath: string, schema: readonly FieldSchema[], parquetPath: string): Promise<void>
  close(): Promise<void>
}
