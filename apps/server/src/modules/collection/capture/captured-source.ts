import type { Reading } from '@datong/data-engine'
import type { ChangeStream } from './change-stream.ts'

/** A column as it was when the capture began; another one ends it. */
export interface CapturedColumn {
  readonly name: string
  /** The source's own word, such as `numeric(18,2)`. */
  readonly sourceType: string
  readonly reading: Reading | null
  /** Words, character set and the like, which the stream does not tell. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** What a table looked like when its capture began. */
export interface TableShape {
  /** What the source calls it inside; another one of the same name is another table. */
  readonly tableId: string
  readonly columns: readonly CapturedColumn[]
  /** Columns of the primary key, in their order. */
  readonly key: readonly string[]
}

/** A table whose changes are taken. */
export interface CapturedTable extends TableShape {
  /** Names what the source keeps for us (slot, publication); `datong_` and the capture's id. */
  readonly mark: string
  /** As the source's connector calls it: `public.company`. */
  readonly object: string
}

/** All rows of one moment, and where changes after that moment begin. */
export interface TableSnapshot {
  readonly position: string
  readonly rows: AsyncIterable<readonly (readonly (string | null)[])[]>
  close(): Promise<void>
}

/**
 * A source that tells its changes. What its driver says is explained as AppError `collection/source-…`, as its connector does.
 */
export interface CapturedSource {
  /** What the table looks like now. @throws AppError `collection/capture-impossible` with what is missing */
  inspect(object: string): Promise<TableShape>
  /** Begins anew: what the source kept for an earlier beginning is dropped. */
  snapshot(table: CapturedTable): Promise<TableSnapshot>
  /**
   * @param position of a snapshot or a commit
   * @throws AppError `collection/capture-lost` when the source has thrown away what came behind the position
   */
  stream(table: CapturedTable, position: string): Promise<ChangeStream>
  /** Rows of these keys as they are now; those that are gone are left out. */
  reread(table: CapturedTable, keys: readonly (readonly string[])[]): Promise<readonly (readonly (string | null)[])[]>
  /** Drops what the source kept for us. Doing it again does nothing. */
  forget(table: CapturedTable): Promise<void>
}
