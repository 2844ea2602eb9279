import type { OrganisationRef } from '@datong/contracts'
import type { Clock, WorkingCalendar } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { Evidence } from '../evidence/index.ts'
import type { EntryStore } from './entry/entry-store.ts'

export interface CatalogDeps {
  readonly db: Db
  readonly evidence: Pick<Evidence, 'record'>
  readonly events: EventBus
  readonly organisations: { ref(code: string): OrganisationRef }
  /** Masking method ids that exist; a field names one of them or none. */
  readonly maskingMethods: readonly string[]
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly calendar: WorkingCalendar
}

/** What the module's own commands work with. */
export interface CatalogContext extends CatalogDeps {
  readonly entries: EntryStore
}
