import type { HarvestKind, HarvestRunState, HarvestSchedule, HarvestSourceState } from '@datong/contracts'
import type { ColumnType, Generated, Selectable } from 'kysely'

/** Why a run failed. */
export interface Failure {
  readonly code: string
  readonly detail: string
}

export interface HarvestTables {
  'harvest.source': {
    id: string
    name: string
    kind: HarvestKind
    url: string
    /** Department that answers for what comes in. */
    organisation: string
    schedule: HarvestSchedule
    publishes: boolean
    state: HarvestSourceState
    next_run_at: Date | null
    /** Of the document of the last run that went through. */
    etag: string | null
    /** The next incremental run asks for what changed since. */
    harvested_until: Date | null
    /** Begin of the last full run that went through. */
    full_at: Date | null
    revision: Generated<number>
    created_at: Date
  }
  'harvest.run': {
    id: string
    source_id: string
    mode: 'full' | 'incremental'
    state: HarvestRunState
    /** How far the run came, in the words of the source's kind; null at the beginning. */
    position: string | null
    since: Date | null
    etag: string | null
    total: number | null
    seen: Generated<number>
    created: Generated<number>
    changed: Generated<number>
    same: Generated<number>
    withdrawn: Generated<number>
    rejected: Generated<number>
    vanished: Generated<number>
    failure: ColumnType<Failure | null, string | null, string | null>
    queued_at: Date
    started_at: Date | null
    ended_at: Date | null
    receipt_id: string | null
  }
  'harvest.record': { source_id: string; identifier: string; entry_code: string; fingerprint: string; seen_in: string }
  'harvest.problem': { id: Generated<number>; run_id: string; identifier: string | null; title: string | null; code: string; detail: string }
}

export type SourceRow = Selectable<HarvestTables['harvest.source']>
export type RunRow = Selectable<HarvestTables['harvest.run']>
export type Counts = Pick<RunRow, 'seen' | 'created' | 'changed' | 'same' | 'withdrawn' | 'rejected'>
export type ProblemRow = Pick<Selectable<HarvestTables['harvest.problem']>, 'identifier' | 'title' | 'code' | 'detail'>
