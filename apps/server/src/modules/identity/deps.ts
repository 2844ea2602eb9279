import type { Actor } from '@datong/contracts'
import type { Clock, Random } from '@datong/kernel'
import type { Log, Store } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { Evidence } from '../evidence/index.ts'
import type { Account } from './account-store.ts'

export interface IdentityDeps {
  readonly store: Store
  readonly evidence: Pick<Evidence, 'record'>
  readonly events: Pick<EventBus, 'publish'>
  readonly cursors: CursorCodec
  readonly clock: Clock
  /** Must be cryptographic: passwords, tokens and keys are made from it. */
  readonly random: Random
  readonly log: Log
  /** Secret of session and name hashes, 32 bytes. */
  readonly sessionPepper: Uint8Array
  /** Longest life of a key, days. */
  readonly longestKeyLifeDays: number
  /** Address of the installation as its users know it, without a slash at the end; null: that of each request counts. */
  readonly publicUrl: string | null
  /** What all processes remember of requests that must not come twice; null: each remembers its own. */
  readonly sharedNonces: SharedNonces | null
}

/** A memory of names that several processes share. */
export interface SharedNonces {
  /** Remembers a name for a time. @returns whether it was new */
  add(name: string, timeToLiveMs: number): Promise<boolean>
}

/** Every process that holds compiled plans or keys listens here. */
export const PLANS_CHANNEL = 'datong_plans'
/** Organisations changed. */
export const DIRECTORY_CHANNEL = 'datong_directory'

/** The platform acting by itself: first start, demonstration city, commands of the operator. */
export const SYSTEM_ACTOR: Actor = { kind: 'system', id: 'system', name: 'Datong', organisation: null }

export const actorOf = ({ id, name, organisation }: Pick<Account, 'id' | 'name' | 'organisation'>): Actor => ({ kind: 'user', id, name, organisation })

export const partiesOf = (...codes: (string | null)[]): string[] => [...new Set(codes.filter((code) => code !== null))]
