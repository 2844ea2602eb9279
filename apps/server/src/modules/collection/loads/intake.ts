import type { LoadKind } from '@datong/contracts'
import type { InferredField, MergeKey, NormalisedTable, TypeHints } from '@datong/data-engine'
import type { Trx } from '@datong/metadata-store'
import type { DetectionFacts, OriginalPart, Reconciled } from '../tables.ts'
import type { FieldCondition, FieldOrigin, LineageInput, LineageStep } from '../versions/lineage.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { LoadRow } from './load-store.ts'
import type { Progress } from './progress.ts'
import type { Reconciliation } from './reconciliation.ts'
import type { RejectWriter } from './reject-writer.ts'

/** One run of a load's job. Everything in its folders is thrown away at its end. */
export interface Attempt {
  /** Folder of this attempt, for whatever it writes. */
  readonly scratch: string
  /** Folder in the lake's file system in which the version is written. */
  readonly staging: string
  readonly progress: Progress
  /** Takes the rows that cannot be taken in. */
  readonly rejects: RejectWriter
  /** How far an earlier attempt came, for an intake that notes it. */
  readonly checkpoint: Checkpoint | undefined
  /** Aborted when the process stops, the load is paused, or the attempt has expired. */
  readonly signal: AbortSignal
}

/** What becomes of the entry's rows: all of them are replaced, or those with the keys of the new ones. */
export type TakenMode = 'full' | {
  readonly merge: MergeKey
  /** Number of the version that the rows are newer than; the newest one when left out, 0 for none. */
  readonly base?: number
}

/** Rows that came in, as clean CSV, with what is known of them. `rowsRead = table.rows + rowsRejected`. */
export interface TakenTable {
  readonly table: NormalisedTable
  readonly rowsRead: number
  readonly rowsRejected: number
  /** What the load shows of how its rows were read. */
  readonly facts: DetectionFacts
  /** Readings that are known, by field. */
  readonly hints?: TypeHints
  readonly inputs: readonly LineageInput[]
  readonly steps?: readonly LineageStep[]
  /** Left out: each field comes from the field of the same name. */
  readonly fieldOrigins?: readonly FieldOrigin[]
  /** Fields of the inputs that decide which rows there are. */
  readonly conditions?: readonly FieldCondition[]
  readonly mode: TakenMode
  /** Bytes and SHA-256 of what came in, where the load did not know them at its beginning. */
  readonly received?: { readonly bytes: number; readonly sha256: string }
  readonly reconciliation?: Reconciliation
  /**
   * Asked when the types are known, before anything is stored: what a changed schema does to this load. The load may get another
   * entry meanwhile. @throws LoadHeld to wait for a person, any other error to be tried again
   */
  readonly judge?: (fields: readonly InferredField[]) => Promise<TakenMode>
}

/** How the rows of one kind of load come in. What follows (typing, storing, version, profile) is the same for all. */
export interface Intake {
  /** Whether a load without rows is as good as any; otherwise it fails. */
  readonly mayBeEmpty: boolean
  /**
   * Writes the rows to the attempt's scratch; undefined when there is nothing new. May be called again for the same load, after a
   * crash or a pause.
   */
  take(load: LoadRow, attempt: Attempt): Promise<TakenTable | undefined>
  /** What is noted in the transaction that makes the version. */
  settled?(trx: Trx, load: LoadRow, version: number, taken: TakenTable): Promise<void>
  /** What is noted when a load that brought nothing new was held against all that its source has. */
  reconciled?(trx: Trx, load: LoadRow, reconciliation: Reconciled): Promise<void>
  /** Lets go of what the load kept outside of its attempts, when it is done or given up. */
  discard?(load: LoadRow): Promise<void>
}

export type Intakes = Readonly<Partial<Record<LoadKind, Intake>>>

/** What a recipe made of the rows that came in, before they are typed. */
export interface Transformed {
  readonly table: NormalisedTable
  /** Rows that the recipe left out, told to `attempt.rejects`. */
  readonly rowsRejected: number
  /** Those of them that it is there to leave out, such as duplicates: no fault of the rows. */
  readonly rowsDropped: number
  readonly steps: readonly LineageStep[]
  readonly fieldOrigins: readonly FieldOrigin[]
  /** Readings that still hold. */
  readonly hints: TypeHints
  /** The rows as they came in, written into the version's folder. */
  readonly original: OriginalPart
  /** What is noted in the transaction that makes the version. */
  readonly settled: (trx: Trx, load: LoadRow, version: number) => Promise<void>
}

/** Applies the entry's active recipe; undefined when it has none. Writes to the attempt's folders; the original stays as it is. */
export type Transform = (load: LoadRow, taken: TakenTable, attempt: Attempt) => Promise<Transformed | undefined>

/** Thrown to stop a load until a person decides; what was read stays. */
export class LoadHeld extends Error {
  readonly reason: 'drift'
  readonly facts: object
  constructor(reason: 'drift', facts: object) {
    super(`the load waits: ${reason}`)
    this.reason = reason
    this.facts = facts
  }
}
