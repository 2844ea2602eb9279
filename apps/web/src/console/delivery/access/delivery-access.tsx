import { createClient, type Client } from '@datong/contracts'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { call, sessionHeaders } from '../../../shared/api/client.ts'

/** In whose name deliveries are tried out: the officer's session, or a system by its key. */
export interface DeliveryAccess {
  /** Entry that the grant is for. */
  readonly code: string
  /** Tells callers apart in what is kept; never the key itself. */
  readonly as: string
  readonly call: Client
  /** For requests whose headers matter or that go on for ever. */
  readonly fetch: typeof fetch
}

const AccessContext = createContext<DeliveryAccess | null>(null)

export interface KeyInUse {
  readonly number: number
  readonly key: string
}

const withSession: typeof fetch = (input, init) => fetch(input, { ...init, headers: { ...sessionHeaders(), ...Object.fromEntries(new Headers(init?.headers)) } })

/** With a key the session of the browser stays out of it, so that the answer is the one a program would get. */
const withKey = (key: string): typeof fetch => (input, init) =>
  fetch(input, { ...init, credentials: 'omit', headers: { ...Object.fromEntries(new Headers(init?.headers)), authorization: `Bearer ${key}` } })

/** Gives all forms of delivery below one caller. The key lives in memory only. */
export function DeliveryAccessProvider({ code, keyInUse, children }: { readonly code: string; readonly keyInUse: KeyInUse | null; readonly children: ReactNode }) {
  const access = useMemo<DeliveryAccess>(() => {
    if (keyInUse === null) return { code, as: 'session', call, fetch: withSession }
    const keyed = withKey(keyInUse.key)
    return { code, as: `key ${keyInUse.number}`, call: createClient({ baseUrl: '', fetch: keyed, headers: () => ({}) }), fetch: keyed }
  }, [code, keyInUse])
  return <AccessContext value={access}>{children}</AccessContext>
}

/** The caller of the deliveries on this page. */
export function useDeliveryAccess(): DeliveryAccess {
  const access = useContext(AccessContext)
  if (!access) throw new Error('useDeliveryAccess outside DeliveryAccessProvider')
  return access
}
