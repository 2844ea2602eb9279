import type { OrganisationRef } from '@datong/contracts'
import type { DataEngine } from '@datong/data-engine'
import type { JobRunner } from '@datong/job-runner'
import type { Clock, Random } from '@datong/kernel'
import type { Db, Log } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { Sealer } from '../../platform/seal.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Collection } from '../collection/index.ts'
import type { Evidence } from '../evidence/index.ts'
import type { Standards } from '../standards/index.ts'
import type { AskDeps } from './endpoints/ask-endpoint.ts'
import type { EndpointStore } from './endpoints/endpoint-store.ts'
import type { GateStore } from './gate/gate-store.ts'
import type { QualityStore } from './quality-store.ts'
import type { OutcomeStore } from './rules/outcome-store.ts'
import type { RuleStore } from './rules/rule-store.ts'
import type { ScoreDays } from './scores/score-days.ts'
import type { StandingStore } from './scores/standing-store.ts'

export interface QualityDeps extends AskDeps {
  readonly db: Db
  readonly evidence: Pick<Evidence, 'record' | 'recordAccess'>
  readonly events: EventBus
  readonly jobs: Pick<JobRunner, 'enqueue' | 'work'>
  readonly catalog: Pick<Catalog, 'find' | 'findMany' | 'requireVisible' | 'visibleCodes' | 'owns' | 'codesOf' | 'publishedEntries' | 'eachPublished'>
  readonly collection: Pick<Collection, 'findLoad' | 'rejectedLines' | 'lake' | 'putToUse'>
  readonly standards: Pick<Standards, 'element' | 'codeVersions'>
  readonly engine: DataEngine
  readonly organisations: { ref(code: string): OrganisationRef }
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly random: Random
  readonly log: Pick<Log, 'warn'>
  /** Rows that fail a rule are kept sealed. */
  readonly sealer: Sealer
}

/** What the module's own commands work with. */
export interface QualityContext extends QualityDeps {
  readonly store: QualityStore
  readonly rules: RuleStore
  readonly outcomes: OutcomeStore
  readonly standings: StandingStore
  readonly scoreDays: ScoreDays
  readonly gates: GateStore
  readonly endpoints: EndpointStore
}
