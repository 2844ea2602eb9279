import type { CHAINS } from '@datong/contracts'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

type Chain = (typeof CHAINS)[number]
type Bytes = ColumnType<Buffer, Uint8Array, never>

/** Columns of a record, waiting or in the log. Those other than `body`, `salt` and `leaf` are copies for filtering. */
interface RecordColumns {
  id: string
  at: Date
  chain: Chain
  action: string
  actor_kind: string
  actor_id: string
  actor_organisation: string | null
  subject_type: string
  subject_id: string
  parties: string[]
  body: Bytes
  salt: Bytes
  leaf: Bytes
}

export interface AuditDamage {
  readonly where: string
  readonly kind: string
  readonly detail: string
}

export const AUDIT_STATES = ['running', 'sound', 'damaged', 'failed'] as const

export interface EvidenceTables {
  'evidence.pending': RecordColumns & { seq: Generated<number>; xid: Generated<string> }
  'evidence.entry': RecordColumns & { leaf_index: number }
  'evidence.segment': {
    id: string
    count: number
    marks: string[]
    usage: string | null
    seed: Bytes
    bodies: Bytes
    salts: Bytes
    commitments: Bytes
  }
  'evidence.unplaced': { seq: Generated<number>; segment_id: string; count: number }
  'evidence.placement': { first_leaf: number; segment_id: string; count: number }
  'evidence.tile': { level: number; index: number; width: number; hashes: ColumnType<Buffer, Uint8Array, Uint8Array> }
  'evidence.checkpoint': { size: number; note: string; at: Date }
  'evidence.audit': {
    id: string
    state: (typeof AUDIT_STATES)[number]
    started_at: Date
    finished_at: Date | null
    entries: number
    checked: number
    damages: JSONColumnType<AuditDamage[], string, string>
  }
}

/** A stored record, as it is read; `leaf_index` is null while it waits. */
export interface StoredRecord {
  readonly id: string
  readonly leaf_index: number | null
  readonly at: Date
  readonly chain: Chain
  readonly body: Buffer
  readonly salt: Buffer
  readonly leaf: Buffer
}
