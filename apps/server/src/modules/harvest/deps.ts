import type { OrganisationRef } from '@datong/contracts'
import type { JobRunner } from '@datong/job-runner'
import type { Clock, Random } from '@datong/kernel'
import type { Db, Log } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { OutboundSettings } from '../../platform/outbound.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Evidence } from '../evidence/index.ts'
import type { HarvestStore } from './harvest-store.ts'

export interface HarvestDeps {
  readonly db: Db
  readonly jobs: Pick<JobRunner, 'enqueue' | 'work'>
  readonly evidence: Pick<Evidence, 'record'>
  readonly events: Pick<EventBus, 'subscribe'>
  readonly catalog: Pick<Catalog, 'find' | 'importEntry'>
  readonly organisations: { ref(code: string): OrganisationRef; has(code: string): boolean }
  readonly settings: OutboundSettings
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly random: Random
  readonly log: Pick<Log, 'info' | 'warn'>
  /** Folder for what is being fetched. */
  readonly workFolder: string
}

export interface HarvestContext extends HarvestDeps {
  readonly store: HarvestStore
}
