import type { Organisation, OrganisationRef } from '@datong/contracts'
import type { Clock, Random, WorkingCalendar } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Evidence } from '../evidence/index.ts'

/** Words that were searched for and not found. */
export interface MissedSearch {
  readonly words: string
  readonly times: number
}

export interface ListsDeps {
  readonly db: Db
  readonly evidence: Pick<Evidence, 'record'>
  readonly events: EventBus
  readonly catalog: Pick<Catalog, 'find' | 'findMany' | 'requireVisible' | 'codesOf' | 'clocks' | 'clocksOf' | 'isVisible'>
  readonly organisations: { ref(code: string): OrganisationRef; find(code: string): Organisation | undefined }
  /** Searches without result since a day, the most frequent first. */
  readonly missedSearches: (since: string) => Promise<readonly MissedSearch[]>
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly random: Random
  readonly calendar: WorkingCalendar
}
