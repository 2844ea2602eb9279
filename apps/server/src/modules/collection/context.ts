import type { Actor, OrganisationRef } from '@datong/contracts'
import type { DataEngine } from '@datong/data-engine'
import type { JobRunner } from '@datong/job-runner'
import type { Clock, Random, WorkingCalendar } from '@datong/kernel'
import type { Log, Store, Trx } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { OutboundSettings } from '../../platform/outbound.ts'
import type { Sealer } from '../../platform/seal.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Evidence } from '../evidence/index.ts'
import type { Standards } from '../standards/index.ts'
import type { FormStore } from './forms/form-store.ts'
import type { Intakes, Transform } from './loads/intake.ts'
import type { LoadStore } from './loads/load-store.ts'
import type { RecipeStore } from './recipes/recipe-store.ts'
import type { SourceStore } from './sources/source-store.ts'
import type { ObjectStore } from './objects/object-store.ts'
import type { LakeStore } from './versions/lake-store.ts'
import type { VersionStore } from './versions/version-store.ts'
import type { ReadableInputOf } from './views/readable-input.ts'
import type { ViewStore } from './views/view-store.ts'
import type { Workspace } from './workspace.ts'

/** Largest file that is taken in, in bytes, unless the composition says otherwise. */
export const DEFAULT_MAX_UPLOAD_BYTES = 4 * 2 ** 30

export interface CollectionDeps {
  readonly store: Store
  readonly jobs: Pick<JobRunner, 'enqueue' | 'work'>
  readonly evidence: Pick<Evidence, 'record'>
  readonly events: EventBus
  readonly catalog: Pick<Catalog, 'draft' | 'find' | 'findMany' | 'requireVisible' | 'requireOwned' | 'owns' | 'visibleCodes' | 'attachWords'>
  readonly engine: DataEngine
  readonly organisations: { ref(code: string): OrganisationRef; find(code: string): object | undefined }
  readonly standards: Pick<Standards, 'codesAt' | 'codeVersions'>
  readonly cursors: CursorCodec
  readonly clock: Clock
  /** Working days, as they are now. */
  readonly calendar: WorkingCalendar
  readonly random: Random
  readonly log: Log
  /** Folder for files that came in and for loads under way. */
  readonly homeFolder: string
  /** Folder of the versions. */
  readonly lakeFolder: string
  readonly maxUploadBytes?: number
  /** Space on the disk that loads leave to the rest of the platform, in bytes; 1 GiB when left out. */
  readonly keepFreeBytes?: number
  /** Whether this process takes changes of captured sources; it does when left out. */
  readonly takesChanges?: boolean
  /** Keeps the secrets of sources. */
  readonly sealer: Sealer
  /** Where sources may lie. */
  readonly outbound: OutboundSettings
  /** Below it each organisation has its drop folders. */
  readonly dropFolder: string
  /** Address of the installation, which names its data sets elsewhere. */
  readonly publicUrl?: string | null
  /** Versions that grants in force are fixed to. */
  readonly grantedVersions?: (entryCode: string) => Promise<ReadonlySet<number>>
  /** What a department may read of an entry to make a view; without it nothing. */
  readonly inputOf?: ReadableInputOf
  /** Whether a version waits at the gate of quality and must not be delivered; without it none does. */
  readonly isHeldBack?: (entryCode: string, number: number, trx?: Trx) => Promise<boolean>
}

/** What the module's own commands work with. */
export interface CollectionContext extends CollectionDeps {
  readonly loads: LoadStore
  readonly versions: VersionStore
  readonly sources: SourceStore
  readonly views: ViewStore
  readonly lakes: LakeStore
  readonly objects: ObjectStore
  readonly recipes: RecipeStore
  readonly forms: FormStore
  readonly workspace: Workspace
  readonly maxUploadBytes: number
  /** How the rows of each kind of load come in. */
  readonly intakes: Intakes
  /** The active recipe of an entry, applied to what comes in. */
  readonly transform?: Transform
}

/** Who acts when nobody asked: the platform itself. */
export const PLATFORM: Actor = { kind: 'system', id: 'datong', name: '达通平台', organisation: null }
