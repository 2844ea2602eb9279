import type { Actor, Role } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'

/** Who asked, as far as the work in the background needs it. */
export interface StoredCaller {
  readonly actor: Actor
  readonly roles: readonly Role[]
  readonly organisation: string | null
  readonly keyId: string | null
  readonly signed?: boolean
}

export function storedCaller({ actor, roles, organisation, keyId, signed }: Caller): StoredCaller {
  return { actor, roles, organisation, keyId, ...(signed === undefined ? {} : { signed }) }
}
