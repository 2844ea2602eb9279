import type { OrganisationRef } from '@datong/contracts'
import type { DataEngine, FieldSchema } from '@datong/data-engine'
import type { JobRunner } from '@datong/job-runner'
import type { Clock, Grade, Random } from '@datong/kernel'
import type { Store } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { FormSettings } from '../../platform/form-settings.ts'
import type { Sealer } from '../../platform/seal.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Captured, Collection } from '../collection/index.ts'
import type { Evidence } from '../evidence/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Sharing } from '../sharing/index.ts'
import type { Mask } from './plan/plan.ts'
import type { Misses } from './verification/miss-limits.ts'
import type { Quota, Quotas } from './metering/quotas.ts'

/** A version in the lake as delivery reads it. */
export interface LakeVersion {
  readonly number: number
  readonly files: readonly string[]
  readonly fields: readonly FieldSchema[]
  readonly rowCount: number
  /** The day in China on which it was made. */
  readonly madeOn?: string
}

export interface Lake {
  current(entryCode: string): Promise<LakeVersion | undefined>
  version(entryCode: string, number: number): Promise<LakeVersion | undefined>
}

export interface DeliveryDeps {
  readonly store: Store
  readonly evidence: Pick<Evidence, 'record' | 'recordAccess' | 'accessTemplate' | 'onUsage'>
  readonly events: EventBus
  readonly catalog: Pick<Catalog, 'find' | 'findMany' | 'codesOf' | 'isVisible' | 'owns'>
  readonly sharing: Pick<Sharing, 'grantsOf' | 'grantedCodes' | 'grantsOfOrganisation' | 'grantIdsOfApplicant' | 'findGrant' | 'findGrants'>
  readonly lake: Lake
  /** Changes of captured tables, which live serving tables follow; without it none does. */
  readonly captured?: Captured
  /** Documents and images of entries; without it there are none. */
  readonly findObject?: Collection['findObject']
  /** The fields by which two versions are compared; without it none are. @throws AppError as the comparison in figures */
  readonly comparedBy?: Collection['comparedBy']
  readonly engine: DataEngine
  /** Compiles a masking method for a field; `null` for a method that leaves values as they are. */
  readonly maskOf: (method: string, field: FieldSchema, day?: string) => Mask | null
  readonly organisations: { ref(code: string): OrganisationRef }
  readonly quotas: Quotas
  /** Failed verifications of each grant. */
  readonly misses: Misses
  /** What the public may take without a key, by address. */
  readonly publicQuota: Quota
  readonly cursors: CursorCodec
  readonly clock: Clock
  /** Folder for downloads under way. */
  readonly workFolder: string
  /** Folder of files that links lead to; outlives the process. */
  readonly linkFolder: string
  readonly apps: Pick<Identity['apps'], 'find'>
  readonly jobs: JobRunner
  readonly random: Random
  readonly sealer: Sealer
  readonly forms: FormSettings
  /** Least grade of data for which calls with keys must be signed; null for none. */
  readonly signaturesFrom: Grade | null
  /** Least grade of granted data whose files carry a watermark; null for none. */
  readonly watermarkFrom: Grade | null
  readonly log: { warn(details: object, message: string): void; info(details: object, message: string): void }
}
