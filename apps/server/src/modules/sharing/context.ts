import type { Actor, OrganisationRef } from '@datong/contracts'
import type { JobRunner } from '@datong/job-runner'
import type { Clock, Random, WorkingCalendar } from '@datong/kernel'
import type { Db, Trx } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Evidence } from '../evidence/index.ts'
import type { SharingStore } from './sharing-store.ts'

/** A consumer's application (system) as sharing needs to know it. */
export interface GrantedApp {
  readonly id: string
  readonly name: string
}

export interface AppDirectory {
  /** The app when it belongs to the caller's organisation, or to the developer himself. */
  findOwn(id: string, caller: Caller): Promise<GrantedApp | undefined>
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Makes an app for a grant whose applicant named none. */
  create(trx: Trx, app: { name: string; organisation: string | null; ownerId: string; actor: Actor }): Promise<GrantedApp>
}

/** What a grant was used for so far, told by delivery through the composition. */
export interface GrantUse {
  readonly callsToday: number
  readonly callsTotal: number
  readonly rowsTotal: number
  readonly lastUsedAt: Date | null
}

export interface SharingDeps {
  readonly db: Db
  readonly evidence: Pick<Evidence, 'record'>
  readonly jobs: Pick<JobRunner, 'work' | 'enqueue'>
  readonly log: { info(details: object, message: string): void; warn(details: object, message: string): void }
  readonly events: EventBus
  readonly catalog: Pick<Catalog, 'requireVisible' | 'find' | 'findMany'>
  readonly organisations: { ref(code: string): OrganisationRef }
  /** Whether a version of an entry is there to be delivered. */
  readonly hasVersion: (entryCode: string, version: number) => Promise<boolean>
  /** What of an entry the negative list keeps from being shared; told through the composition. */
  readonly forbidden: (entryCode: string) => Promise<{ readonly whole: boolean; readonly fields: readonly string[] }>
  readonly apps: AppDirectory
  /** Credit score of a department, 0 to 100; 80 is neutral. */
  readonly creditOf: (organisation: string) => Promise<number>
  readonly useOf: (grantIds: readonly string[]) => Promise<ReadonlyMap<string, GrantUse>>
  readonly maskingMethods: readonly string[]
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly random: Random
  readonly calendar: WorkingCalendar
}

export interface SharingContext extends SharingDeps {
  readonly store: SharingStore
}
