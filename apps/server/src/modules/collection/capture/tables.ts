import type { Actor, CaptureState } from '@datong/contracts'
import type { ColumnType, Generated, Selectable } from 'kysely'
import type { TableShape } from './captured-source.ts'

/** Why a capture does not go on, in the words of the error registry. */
export interface CaptureFailure {
  readonly code: string
  readonly params: Readonly<Record<string, string | number | boolean>>
}

export interface CaptureTable {
  id: string
  source_id: string
  entry_code: string
  organisation: string
  object: string
  state: CaptureState
  failure: ColumnType<CaptureFailure | null, string | null, string | null>
  shape: ColumnType<TableShape, string, string>
  /** Grows each time that all rows are taken anew: changes of different epochs do not follow each other. */
  epoch: Generated<number>
  /** Where the stream goes on; null before all rows were taken. */
  position: string | null
  /** Number of the last change. */
  seq: Generated<number>
  packed_version: number | null
  packed_seq: Generated<number>
  packed_at: Date | null
  /** A version is wanted before its time. */
  pack_soon: Generated<boolean>
  pack_minutes: number
  load_id: string | null
  last_committed_at: Date | null
  last_taken_at: Date | null
  heard_at: Date | null
  created_at: Date
  created_by: ColumnType<Actor, string, never>
}

/** Which change a version ends with. */
export interface CaptureVersionTable {
  capture_id: string
  version: number
  epoch: number
  seq: number
}

/** `u` a row as it is now, `d` a row that is gone, `t` all rows are gone. */
export type ChangeOp = 'u' | 'd' | 't'

export interface ChangeTable {
  capture_id: string
  seq: number
  epoch: number
  op: ChangeOp
  /** Texts of the key. */
  key: string[]
  /** Texts in the order of the columns. */
  row: (string | null)[] | null
  committed_at: Date
}

export interface CaptureTables {
  'collection.capture': CaptureTable
  'collection.capture_version': CaptureVersionTable
  'collection.change': ChangeTable
}

export type CaptureRow = Selectable<CaptureTable>
