import type { Actor, Operation, Role, Scope } from '@datong/contracts'
import { AppError } from '@datong/kernel'

/** Who is asking: a person by session, a system by key, or the public. */
export interface Caller {
  readonly actor: Actor
  readonly roles: readonly Role[]
  /** Organisation code; null for the public and for accounts without one. */
  readonly organisation: string | null
  /** Set when a key was presented instead of a session. */
  readonly keyId: string | null
  /** Forms of delivery that the key is limited to; null or absent when it is not. */
  readonly scopes?: readonly Scope[] | null
  /** Entries that the key is limited to; null or absent when it is not. */
  readonly entryCodes?: ReadonlySet<string> | null
  /** The request bears a good signature of the application. @see RFC 9421 */
  readonly signed?: boolean
}

export const PUBLIC_CALLER: Caller = {
  actor: { kind: 'public', id: 'public', name: '公众', organisation: null },
  roles: [],
  organisation: null,
  keyId: null,
}

/** Who shares what one asker may take at once: the public by address, others by who they are. */
export const nameOfAsker = ({ actor }: Caller, address: string): string => (actor.kind === 'public' ? `ip ${address}` : `${actor.kind} ${actor.id}`)

export type Reach = 'own' | 'all'

export const holds = (caller: Caller, role: Role): boolean => caller.roles.includes(role)

/**
 * How far a caller reaches with an operation, from its access rule alone and before any object is looked up.
 * @throws AppError `access/unauthenticated`, `access/forbidden`
 */
export function reachOf(operation: Operation, caller: Caller): Reach {
  const { access } = operation
  if (access === 'anyone') return 'own'
  // A key is for rows only: it opens nothing that asks for a session.
  const signedIn = caller.actor.kind === 'user'
  if (!signedIn) throw new AppError('access/unauthenticated')
  if (access === 'signed-in') return 'own'
  const reaches = caller.roles.map((role) => access[role]).filter((reach) => reach !== undefined)
  if (reaches.length === 0) throw new AppError('access/forbidden', { operation: operation.id })
  return reaches.includes('all') ? 'all' : 'own'
}
