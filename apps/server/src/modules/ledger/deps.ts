import type { OrganisationRef } from '@datong/contracts'
import type { Clock, Random } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Evidence } from '../evidence/index.ts'
import type { LedgerStore } from './ledger-store.ts'

export interface LedgerDeps {
  readonly db: Db
  readonly evidence: Pick<Evidence, 'record'>
  readonly events: Pick<EventBus, 'subscribe'>
  readonly catalog: Pick<Catalog, 'findMany' | 'isVisible'>
  readonly organisations: { ref(code: string): OrganisationRef; has(code: string): boolean }
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly random: Random
}

export interface LedgerContext extends LedgerDeps {
  readonly store: LedgerStore
}
