import type { OrganisationRef } from '@datong/contracts'
import type { DataEngine } from '@datong/data-engine'
import type { Clock, Random, WorkingCalendar } from '@datong/kernel'
import type { Db, Log } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { Sealer } from '../../platform/seal.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Collection } from '../collection/index.ts'
import type { Evidence } from '../evidence/index.ts'
import type { Identity } from '../identity/index.ts'
import type { DutyStore } from './duty/duty-store.ts'
import type { FilingStore } from './reports/filing-store.ts'
import type { TicketStore } from './ticket-store.ts'

export interface TicketsDeps {
  readonly db: Db
  readonly evidence: Pick<Evidence, 'record' | 'recordAccess'>
  readonly events: EventBus
  readonly catalog: Pick<Catalog, 'find' | 'findMany' | 'requireVisible' | 'requireOwned' | 'visibleCodes' | 'clocks' | 'clocksOf' | 'clockRecords'>
  readonly collection: Pick<Collection, 'lake' | 'originOf'>
  readonly engine: Pick<DataEngine, 'count' | 'query' | 'sourceLines'>
  readonly organisations: { ref(code: string): OrganisationRef }
  readonly users: Pick<Identity['users'], 'findByUsername'>
  readonly sealer: Sealer
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly random: Random
  readonly calendar: WorkingCalendar
  readonly log: Pick<Log, 'warn'>
}

/** What the module's own commands work with. */
export interface TicketsContext extends TicketsDeps {
  readonly tickets: TicketStore
  readonly filings: FilingStore
  readonly duties: DutyStore
}
