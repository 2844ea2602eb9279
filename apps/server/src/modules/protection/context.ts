import type { DataEngine } from '@datong/data-engine'
import type { Clock } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import type { EventBus } from '../../platform/events.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Collection } from '../collection/index.ts'
import type { Evidence } from '../evidence/index.ts'
import type { Quality } from '../quality/index.ts'
import type { PolicyStore } from './policy-store.ts'

export interface ProtectionDeps {
  readonly db: Db
  readonly evidence: Pick<Evidence, 'record'>
  readonly events: EventBus
  readonly catalog: Pick<Catalog, 'find'>
  readonly collection: Pick<Collection, 'lake' | 'gradeFloorOf'>
  readonly quality: Pick<Quality, 'profileOf'>
  readonly engine: DataEngine
  readonly clock: Clock
  /** Secret of pseudonyms, at least 16 bytes; equal keys give equal pseudonyms. */
  readonly pseudonymKey: Uint8Array
}

/** What the module's own commands work with. */
export interface ProtectionContext extends ProtectionDeps {
  readonly policies: PolicyStore
}
