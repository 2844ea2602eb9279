import type { DataEngine } from '@datong/data-engine'
import type { Clock } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import type { EventBus } from '../../platform/events.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Collection } from '../collection/index.ts'
import type { QualityStore } from './quality-store.ts'

export interface QualityDeps {
  readonly db: Db
  readonly events: EventBus
  readonly catalog: Pick<Catalog, 'find' | 'requireVisible' | 'owns'>
  readonly collection: Pick<Collection, 'findLoad' | 'lake'>
  readonly engine: DataEngine
  readonly clock: Clock
}

/** What the module's own commands work with. */
export interface QualityContext extends QualityDeps {
  readonly store: QualityStore
}
