import type { OrganisationRef } from '@datong/contracts'
import type { Clock } from '@datong/kernel'
import type { Db, Log } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Delivery } from '../delivery/index.ts'
import type { Evidence } from '../evidence/index.ts'
import type { Notices } from '../notices/index.ts'
import type { Sharing } from '../sharing/index.ts'
import type { Tickets } from '../tickets/index.ts'
import type { GovernanceStore } from './governance-store.ts'

export interface GovernanceDeps {
  readonly db: Db
  readonly evidence: Pick<Evidence, 'record'>
  readonly notices: Pick<Notices, 'tell'>
  readonly organisations: { ref(code: string): OrganisationRef; codes(): readonly string[] }
  readonly catalog: Pick<Catalog, 'publishedEntries'>
  readonly sharing: Pick<Sharing, 'grantsInForce' | 'conductSince' | 'dueEvaluations'>
  readonly delivery: Pick<Delivery, 'lastUses'>
  readonly tickets: Pick<Tickets, 'mendingSince'>
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
  /** Days without use after which data sleep. */
  readonly sleepingAfterDays: number
}

export interface GovernanceContext extends GovernanceDeps {
  readonly store: GovernanceStore
}
