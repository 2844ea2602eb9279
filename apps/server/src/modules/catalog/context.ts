import type { Actor, OrganisationRef } from '@datong/contracts'
import type { JobRunner } from '@datong/job-runner'
import type { Clock, Random, WorkingCalendar } from '@datong/kernel'
import type { Db, Log, Store, Trx } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { Evidence } from '../evidence/index.ts'
import type { ClassificationStore } from './classification/classification-store.ts'
import type { Clocks } from './clocks/clocks.ts'
import type { EntryStore } from './entry/entry-store.ts'
import type { RevisionStore } from './revisions/revision-store.ts'

export interface CatalogDeps {
  readonly db: Db
  readonly evidence: Pick<Evidence, 'record'>
  readonly events: EventBus
  readonly organisations: { ref(code: string): OrganisationRef; list?(): readonly OrganisationRef[] }
  /** Masking method ids that exist; a field names one of them or none. */
  readonly maskingMethods: readonly string[]
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly calendar: WorkingCalendar
  readonly random: Random
  /** An account as a caller; for what it may see. */
  readonly callerOf: (accountId: string) => Promise<Caller | undefined>
  /** Where the platform is reached, when that is set. */
  readonly publicUrl: string | null
  readonly search: {
    readonly listen: Store['listen']
    /** Where the search's index is kept between two starts; null keeps none. */
    readonly indexFile: string | null
  }
  readonly jobs: Pick<JobRunner, 'work' | 'enqueue'>
  readonly log: Pick<Log, 'info' | 'warn'>
  /** Name of a division of GB/T 2260, where there is a list of them; without one every code of the right form counts. */
  readonly divisionName?: (code: string) => string | undefined
  /** Whether a data element, or a code list, is in force; without standards any may be named. */
  readonly isElement?: (id: string) => boolean
  readonly isCodeList?: (id: string) => boolean
  /**
   * Takes what other modules keep of a draft to its new code, in the same transaction; late-bound.
   * @throws AppError `catalog/invalid-entry` while data are being loaded
   */
  readonly moveData?: (trx: Trx, from: string, to: string, actor: Actor) => Promise<void>
}

/** What the module's own commands work with. */
export interface CatalogContext extends CatalogDeps {
  readonly entries: EntryStore
  readonly clocks: Clocks
  readonly classification: ClassificationStore
  readonly revisions: RevisionStore
}
